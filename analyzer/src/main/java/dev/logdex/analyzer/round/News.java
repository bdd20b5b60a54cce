package dev.logdex.analyzer.round;

import dev.logdex.analyzer.event.Analysis;
import dev.logdex.analyzer.event.TableAnalysis;
import dev.logdex.analyzer.event.UnplannedStatements;
import dev.logdex.analyzer.whatif.DatabaseAnalysis;
import dev.logdex.normalizer.event.DeadLetter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a round found that has not been published yet.
 *
 * @param analyses by key; null for what is no longer there
 */
public record News(Map<String, @Nullable Analysis> analyses, List<DeadLetter> deadLetters) {
  /**
   * Compares a round with what is published.
   *
   * @param databases those that were analysed, by name
   * @param untouched names of databases that could not be analysed now: what is published of them
   *     stays
   */
  public static News of(
      Map<String, Analysis> published,
      Map<String, DatabaseAnalysis> databases,
      Set<String> untouched) {
    Map<String, Analysis> found = new TreeMap<>();
    Set<String> kept = new TreeSet<>();
    List<DeadLetter> letters = new ArrayList<>();
    databases.forEach(
        (name, analysis) -> {
          analysis.tables().forEach(table -> found.put(table.key(), table));
          addUnlessEmpty(analysis.unplanned(), found);
          analysis.failedTables().forEach(table -> kept.add(name + "/" + table));
          letters.addAll(unreported(analysis, published.get(name + "/")));
        });
    published.keySet().stream().filter(key -> isOf(key, untouched)).forEach(kept::add);
    return new News(changes(published, found, kept), letters);
  }

  private static void addUnlessEmpty(UnplannedStatements unplanned, Map<String, Analysis> found) {
    if (!unplanned.statements().isEmpty() || !unplanned.reported().isEmpty()) {
      found.put(unplanned.key(), unplanned);
    }
  }

  private static boolean isOf(String key, Set<String> databases) {
    return databases.stream().anyMatch(name -> key.startsWith(name + "/"));
  }

  private static List<DeadLetter> unreported(
      DatabaseAnalysis analysis, @Nullable Analysis published) {
    Set<String> reported =
        published instanceof UnplannedStatements before ? Set.copyOf(before.reported()) : Set.of();
    return analysis.deadLetters().stream()
        .filter(letter -> !reported.contains(DatabaseAnalysis.mark(letter)))
        .toList();
  }

  private static Map<String, @Nullable Analysis> changes(
      Map<String, Analysis> published, Map<String, Analysis> found, Set<String> kept) {
    Map<String, @Nullable Analysis> changes = new TreeMap<>();
    found.forEach(
        (key, analysis) -> {
          Analysis before = published.get(key);
          if (before == null || !timeless(before).equals(timeless(analysis))) {
            changes.put(key, analysis);
          }
        });
    published.keySet().stream()
        .filter(key -> !found.containsKey(key) && !kept.contains(key))
        .forEach(key -> changes.put(key, null));
    return changes;
  }

  /** The same without its time: that a window has passed is no news by itself. */
  private static Analysis timeless(Analysis analysis) {
    if (analysis instanceof TableAnalysis table) {
      return table.at(Instant.EPOCH);
    }
    UnplannedStatements unplanned = (UnplannedStatements) analysis;
    return new UnplannedStatements(
        unplanned.version(),
        unplanned.database(),
        Instant.EPOCH,
        unplanned.statements(),
        unplanned.reported());
  }
}
