package dev.logdex.recommender.event;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A decision on its way in: a record of the recommendation-commands topic, whose key is the
 * recommendation's id. Taking the same one twice does nothing the second time.
 *
 * @param recommendation its id
 * @param reason in the words of who decided; empty when not given
 * @param by who; empty when not given
 * @param until of {@link Action#DISMISS}: when the dismissal ends, null for never; of {@link
 *     Action#ACCEPT}: makes the index a temporary one that is to be dropped then
 */
public record RecommendationCommand(
    String recommendation,
    Action action,
    String reason,
    String by,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Instant until) {
  public RecommendationCommand {
    requireNonNull(recommendation, "recommendation");
    requireNonNull(action, "action");
    reason = requireNonNullElse(reason, "");
    by = requireNonNullElse(by, "");
  }

  /**
   * Whether a recommendation shows this decision already; the time at which it came does not count.
   */
  public boolean isIn(Recommendation advice) {
    Decision shown = advice.decision();
    return shown == null
        ? action == Action.REOPEN && advice.state().stands()
        : advice.state() == action.result()
            && new Decision(reason, by, until, shown.at()).equals(shown);
  }

  /** What can be decided. The words are JSON: they are never renamed. */
  public enum Action {
    ACCEPT,
    DISMISS,
    /** Takes an acceptance or a dismissal back. */
    REOPEN;

    /** Whether it can be decided where a recommendation stands so. */
    public boolean isOpenTo(RecommendationState state) {
      if (this == DISMISS) {
        // also what was withdrawn can be dismissed, so that it does not come again
        return state != RecommendationState.APPLIED;
      }
      return this == ACCEPT
          ? state.stands() || state == RecommendationState.DISMISSED
          : state == RecommendationState.ACCEPTED || state == RecommendationState.DISMISSED;
    }

    /** The state of a recommendation that was decided so. */
    RecommendationState result() {
      if (this == REOPEN) {
        return RecommendationState.PROPOSED;
      }
      return this == ACCEPT ? RecommendationState.ACCEPTED : RecommendationState.DISMISSED;
    }

    @JsonValue
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
