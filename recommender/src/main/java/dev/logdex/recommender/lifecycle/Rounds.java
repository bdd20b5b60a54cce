package dev.logdex.recommender.lifecycle;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How often in a row advice about a table has won and lost. A round is an analysis of the table
 * that is newer than the ones before.
 *
 * @param last end of the newest window of the last round counted: event time
 * @param wins by recommendation id, of advice that the last round asked for
 * @param losses by recommendation id, of advice that was told and that the last round did not ask
 *     for
 */
public record Rounds(
    Instant last, SortedMap<String, Integer> wins, SortedMap<String, Integer> losses) {
  /** Of a table that was never met. */
  public static final Rounds NONE = new Rounds(Instant.EPOCH, new TreeMap<>(), new TreeMap<>());

  public Rounds {
    requireNonNull(last, "last");
    wins = new TreeMap<>(wins);
    losses = new TreeMap<>(losses);
  }

  int wins(String id) {
    return wins.getOrDefault(id, 0);
  }

  int losses(String id) {
    return losses.getOrDefault(id, 0);
  }

  /** Whether nothing is counted, so that there is nothing to remember but the time. */
  @JsonIgnore
  boolean isEmpty() {
    return wins.isEmpty() && losses.isEmpty();
  }

  /**
   * After one more round.
   *
   * @param advised ids that it asks for
   * @param standing ids that were told and are not over
   * @param limit beyond which counting brings nothing, so that records stop changing
   */
  Rounds next(Instant at, Set<String> advised, Set<String> standing, Hysteresis limit) {
    SortedMap<String, Integer> won = new TreeMap<>();
    advised.forEach(id -> won.put(id, Math.min(wins(id) + 1, limit.toPropose())));
    SortedMap<String, Integer> lost = new TreeMap<>();
    standing.stream()
        .filter(id -> !advised.contains(id))
        .forEach(id -> lost.put(id, Math.min(losses(id) + 1, limit.toWithdraw())));
    return new Rounds(at.isAfter(last) ? at : last, won, lost);
  }

  /** The same counts without the time, to tell whether anything changed that is worth writing. */
  Map<String, SortedMap<String, Integer>> counts() {
    return Map.of("wins", wins, "losses", losses);
  }
}
