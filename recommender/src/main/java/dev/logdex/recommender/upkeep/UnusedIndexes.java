package dev.logdex.recommender.upkeep;

import static java.util.Objects.requireNonNull;

import dev.logdex.analyzer.event.ExistingIndex;
import dev.logdex.analyzer.event.IndexTies;
import dev.logdex.recommender.advice.Figures;
import dev.logdex.recommender.event.Evidence;
import dev.logdex.recommender.event.RecommendationKind;
import dev.logdex.recommender.event.Severity;
import dev.logdex.recommender.usage.IndexFigures;
import dev.logdex.recommender.usage.NodeUsage;
import dev.logdex.recommender.usage.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * Finds indexes that no node of production has read for long. It rests on production's counters
 * alone: when one node's are not known, or too young, nothing is called unused. Nor is an index
 * that a plan of the log reads, or that a foreign key needs when rows it refers to are deleted.
 */
final class UnusedIndexes implements Rule {
  private static final long VERY_LARGE = 1L << 30;

  @Override
  public Stream<Draft> of(TableCase table) {
    List<NodeUsage> nodes = table.usage().of(table.database());
    return areKnown(nodes)
        ? table.analysis().existingIndexes().stream()
            .filter(index -> isCandidate(table, index))
            .filter(index -> nodes.stream().allMatch(node -> isUnused(table, node, index)))
            .filter(index -> size(table, index, nodes) > table.policy().unusedMinBytes())
            .map(index -> draft(table, index, nodes))
        : Stream.empty();
  }

  /** All nodes, and among them every replica that a primary tells of. */
  private static boolean areKnown(List<NodeUsage> nodes) {
    List<Reading> readings =
        nodes.stream().map(NodeUsage::reading).filter(Objects::nonNull).toList();
    long replicas = readings.stream().filter(Reading::replica).count();
    int standbys = readings.stream().mapToInt(Reading::standbys).sum();
    return !nodes.isEmpty()
        && readings.size() == nodes.size()
        && replicas < readings.size()
        && standbys <= replicas
        && readings.stream().anyMatch(Reading::readsAny);
  }

  private static boolean isCandidate(TableCase table, ExistingIndex index) {
    IndexTies ties = index.ties();
    return index.valid()
        && TableCase.isDroppable(index)
        && ties != null
        && !ties.foreignKey()
        && table.readers(index.name()).isEmpty();
  }

  private static boolean isUnused(TableCase table, NodeUsage node, ExistingIndex index) {
    Reading reading = requireNonNull(node.reading());
    return reading
        .index(table.schema(), index.name())
        .filter(figures -> figures.scans() == 0 || figures.lastScan() != null)
        .filter(figures -> counted(reading, figures).compareTo(table.policy().unusedMinAge()) >= 0)
        .isPresent();
  }

  /** For how long the index is known not to have been read. */
  private static Duration counted(Reading reading, IndexFigures figures) {
    Instant since = reading.countedSince();
    if (since == null) {
      return Duration.ZERO;
    }
    return Stream.of(since, figures.noOlderThan(), figures.lastScan())
        .filter(Objects::nonNull)
        .map(moment -> Duration.between(moment, reading.readAt()))
        .min(Duration::compareTo)
        .orElse(Duration.ZERO);
  }

  /** Production's, where it is known: a copy's index may be smaller. */
  private static long size(TableCase table, ExistingIndex index, List<NodeUsage> nodes) {
    OptionalLong largest =
        nodes.stream()
            .map(NodeUsage::reading)
            .filter(Objects::nonNull)
            .flatMap(reading -> reading.index(table.schema(), index.name()).stream())
            .map(IndexFigures::sizeBytes)
            .filter(Objects::nonNull)
            .mapToLong(Long::longValue)
            .max();
    return largest.orElse(index.sizeBytes());
  }

  private static Draft draft(TableCase table, ExistingIndex index, List<NodeUsage> nodes) {
    DropIndex drop = new DropIndex(table, index);
    long size = size(table, index, nodes);
    return new Draft(
        Finding.UNUSED,
        RecommendationKind.DROP_INDEX,
        List.of(index.name()),
        size >= VERY_LARGE ? Severity.MEDIUM : Severity.LOW,
        WritesSaved.subject(table.analysis(), index, size),
        "nothing reads it",
        "No scan on any node for "
            + table.policy().unusedMinAge().toDays()
            + " days or more, and no plan of the log's queries reads it. Postgres does not tell when"
            + " an index was made: see that it is not newer than that, and that no job runs more"
            + " seldom.",
        List.of(drop.step()),
        drop.inverse(),
        List.of(),
        evidence(table, index, nodes, size));
  }

  private static List<Evidence> evidence(
      TableCase table, ExistingIndex index, List<NodeUsage> nodes, long size) {
    List<Evidence> evidence = new ArrayList<>();
    evidence.add(new Evidence("definition", index.definition().sql()));
    evidence.add(new Evidence("size", Figures.bytes(size)));
    for (NodeUsage node : nodes) {
      Reading reading = requireNonNull(node.reading());
      Duration days =
          reading
              .index(table.schema(), index.name())
              .map(figures -> counted(reading, figures))
              .orElse(Duration.ZERO);
      evidence.add(
          new Evidence(
              "scans on " + node.node() + (reading.replica() ? " (replica)" : ""),
              "none for " + Figures.counted(days.toDays(), "day", "days")));
    }
    return evidence;
  }
}
