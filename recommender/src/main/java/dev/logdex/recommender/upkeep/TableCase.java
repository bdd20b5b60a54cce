package dev.logdex.recommender.upkeep;

import static java.util.Objects.requireNonNull;

import dev.logdex.analyzer.event.ExistingIndex;
import dev.logdex.analyzer.event.IndexTies;
import dev.logdex.analyzer.event.Scan;
import dev.logdex.analyzer.event.ScanCost;
import dev.logdex.analyzer.event.TableAnalysis;
import dev.logdex.recommender.event.Recommendation;
import dev.logdex.recommender.recommendation.SqlIdentifier;
import dev.logdex.recommender.selection.Costs;
import dev.logdex.recommender.usage.IndexUsage;
import java.util.List;
import java.util.Optional;

/**
 * Everything that rules look at.
 *
 * @param created the indexes that are recommended for the table
 */
record TableCase(
    TableAnalysis analysis,
    IndexUsage usage,
    List<Recommendation> created,
    UpkeepPolicy policy,
    Costs costs) {
  TableCase {
    requireNonNull(analysis, "analysis");
    requireNonNull(usage, "usage");
    created = List.copyOf(created);
    requireNonNull(policy, "policy");
  }

  String database() {
    return analysis.table().database();
  }

  String schema() {
    return analysis.table().schema();
  }

  /** The table as SQL names it. */
  String tableSql() {
    return inSchema(analysis.table().name());
  }

  /** A relation of the table's schema as SQL names it; indexes stand in that schema, too. */
  String inSchema(String relation) {
    return SqlIdentifier.quoted(schema()) + "." + SqlIdentifier.quoted(relation);
  }

  boolean partitioned() {
    return analysis.facts().partitioned();
  }

  Optional<ExistingIndex> index(String name) {
    return analysis.existingIndexes().stream().filter(i -> i.name().equals(name)).findFirst();
  }

  /**
   * Whether the index is there for queries alone, so that it may go. Of records that do not tell,
   * none is.
   */
  static boolean isDroppable(ExistingIndex index) {
    IndexTies ties = index.ties();
    return !index.unique()
        && !index.primary()
        && ties != null
        && !ties.constraint()
        && !ties.replicaIdentity()
        && !ties.clustered()
        && !ties.attached();
  }

  /** The scans whose plans of today read the index. */
  List<Scan> readers(String index) {
    return analysis.scans().stream()
        .filter(scan -> index.equals(scan.indexUsed()) || withoutIsKnown(scan, index))
        .toList();
  }

  private boolean withoutIsKnown(Scan scan, String index) {
    return costs.scan(scan.id(), index).map(ScanCost::costWithout).isPresent();
  }

  /**
   * Whether it is known of each of the scans that it costs about the same without the index. A scan
   * that nobody asked about counts as one that needs it.
   */
  boolean loseNothing(List<Scan> readers, String index) {
    return readers.stream()
        .allMatch(
            scan ->
                costs
                    .scan(scan.id(), index)
                    .filter(cost -> cost.costWithout() != null)
                    .filter(
                        cost ->
                            requireNonNull(cost.costWithout())
                                <= cost.cost() * (1 + policy.maxSlowdown()))
                    .isPresent());
  }
}
