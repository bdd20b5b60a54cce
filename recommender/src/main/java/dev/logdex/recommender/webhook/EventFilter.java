package dev.logdex.recommender.webhook;

import static java.util.Objects.requireNonNull;

import dev.logdex.recommender.event.Recommendation;
import dev.logdex.recommender.event.Severity;
import java.util.Set;

/**
 * Which events are handed over.
 *
 * @param leastSeverity of recommendations that stand
 * @param kinds words of the kinds; empty for all
 * @param databases names; empty for all
 * @param states words of the states; empty for all
 */
public record EventFilter(
    Severity leastSeverity, Set<String> kinds, Set<String> databases, Set<String> states) {
  public EventFilter {
    requireNonNull(leastSeverity, "leastSeverity");
    kinds = Set.copyOf(kinds);
    databases = Set.copyOf(databases);
    states = Set.copyOf(states);
  }

  /**
   * Whether the event is wanted.
   *
   * @param endsToo takes ends of any severity: what was opened must be closed when the advice has
   *     become less severe before it went
   */
  boolean takes(Recommendation advice, boolean endsToo) {
    boolean severe =
        advice.severity().compareTo(leastSeverity) >= 0 || (endsToo && !advice.state().stands());
    return severe
        && allows(kinds, advice.kind().word())
        && allows(databases, advice.database())
        && allows(states, advice.state().word());
  }

  private static boolean allows(Set<String> wanted, String word) {
    return wanted.isEmpty() || wanted.contains(word);
  }
}
