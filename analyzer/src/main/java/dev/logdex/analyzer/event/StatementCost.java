package dev.logdex.analyzer.event;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import org.jspecify.annotations.Nullable;

/**
 * What a whole statement costs when this one candidate is there and its plan uses it.
 *
 * @param fingerprint of the statement
 * @param index a candidate's id
 * @param cost in planner units, weighted over the statement's samples
 * @param genericCost of its generic plan with the index; null when there is none
 * @param opinionsDiffer whether one of real parameters and generic plan finds the index worth
 *     having and the other does not: a driver that prepares statements may not get the gain
 * @param restsOnCache true when the planner would not use the index for it if hardly a page were
 *     cached: then it reads many pages one by one, and may really be slower with the index; null
 *     where that is not known to be so
 */
public record StatementCost(
    String fingerprint,
    String index,
    double cost,
    @Nullable Double genericCost,
    @JsonSetter(nulls = Nulls.AS_EMPTY) boolean opinionsDiffer,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean restsOnCache) {
  @JsonCreator
  public StatementCost {
    requireNonNull(fingerprint, "fingerprint");
    requireNonNull(index, "index");
  }

  /** A cost without a second opinion. */
  public StatementCost(String fingerprint, String index, double cost) {
    this(fingerprint, index, cost, null, false, null);
  }

  /** The same, for which the planner would not use the index if hardly a page were cached. */
  public StatementCost restingOnCache() {
    return new StatementCost(fingerprint, index, cost, genericCost, opinionsDiffer, true);
  }

  /** Whether {@link #restsOnCache} is known to be so. */
  public boolean needsCache() {
    return Boolean.TRUE.equals(restsOnCache);
  }
}
