package dev.logdex.recommender.event;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What somebody decided about a recommendation.
 *
 * @param reason in their words; may be empty
 * @param by who; may be empty
 * @param until of a dismissal: when it ends, by the time of the log, null for never; of an
 *     acceptance: when the index is to be dropped again, null for an index that is to stay
 * @param at when the decision came in
 */
public record Decision(
    String reason,
    String by,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Instant until,
    Instant at) {
  public Decision {
    requireNonNull(reason, "reason");
    requireNonNull(by, "by");
    requireNonNull(at, "at");
  }
}
