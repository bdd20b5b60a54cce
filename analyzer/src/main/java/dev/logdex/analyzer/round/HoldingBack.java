package dev.logdex.analyzer.round;

import dev.logdex.analyzer.event.Analysis;
import dev.logdex.analyzer.event.TableAnalysis;
import dev.logdex.analyzer.event.UnplannedStatements;
import dev.logdex.analyzer.whatif.DatabaseAnalysis;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps back what a lock on some table has made incomplete: tables that were read by a statement
 * which waits now keep what is published of them, and nothing is said of statements without a plan
 * until the wait is over.
 */
public final class HoldingBack {
  private HoldingBack() {}

  /**
   * What of an analysis may be published while something in it waits.
   *
   * @param published by key
   * @param name of the database
   */
  public static DatabaseAnalysis of(
      DatabaseAnalysis analysis, String name, Map<String, Analysis> published) {
    Set<String> kept = new HashSet<>(analysis.failedTables());
    published.forEach(
        (key, before) -> {
          if (key.startsWith(name + "/")) {
            kept.add(key.substring(name.length() + 1));
          }
        });
    List<TableAnalysis> tables =
        analysis.tables().stream()
            .filter(table -> !waits(table, analysis.waiting(), published.get(table.key())))
            .toList();
    kept.add("");
    UnplannedStatements before = analysis.unplanned();
    UnplannedStatements nothing =
        new UnplannedStatements(
            before.version(), before.database(), before.analysedTo(), List.of(), List.of());
    return new DatabaseAnalysis(tables, nothing, List.of(), kept, analysis.waiting());
  }

  private static boolean waits(
      TableAnalysis table, Set<String> waiting, @Nullable Analysis before) {
    String own = table.table().schema() + "." + table.table().name();
    return waiting.contains(own)
        || (before instanceof TableAnalysis earlier
            && earlier.statements().stream()
                .anyMatch(statement -> waiting.contains(statement.fingerprint())));
  }
}
