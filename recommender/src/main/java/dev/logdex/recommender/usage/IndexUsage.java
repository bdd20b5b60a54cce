package dev.logdex.recommender.usage;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How production uses its indexes, as far as it is known: every node of every database that is
 * configured. Nodes of which nothing is known are in it, too.
 */
public record IndexUsage(List<NodeUsage> nodes) {
  /** Where no source is configured. */
  public static final IndexUsage NOTHING_KNOWN = new IndexUsage(List.of());

  public IndexUsage {
    nodes = List.copyOf(nodes);
  }

  /**
   * The nodes of a database, by its name in the log, and those that may be; empty when none is
   * configured.
   */
  public List<NodeUsage> of(String database) {
    return nodes.stream()
        .filter(
            node ->
                node.database().equals(database) || node.database().equals(NodeUsage.ANY_DATABASE))
        .toList();
  }

  /** What the primary says of tables; empty when there is none, or it is not known. */
  public Optional<Reading> primary(String database) {
    return of(database).stream()
        .map(NodeUsage::reading)
        .filter(Objects::nonNull)
        .filter(reading -> !reading.replica() && !reading.tables().isEmpty())
        .findFirst();
  }

  /**
   * The same, knowing what was seen before: an index that a node did not have then is no older than
   * that, since Postgres itself does not tell when an index was made.
   */
  public IndexUsage after(IndexUsage before) {
    Map<List<String>, Reading> known = new HashMap<>();
    before.nodes.forEach(
        node -> {
          if (node.reading() != null) {
            known.put(List.of(node.database(), node.node()), node.reading());
          }
        });
    return new IndexUsage(
        nodes.stream()
            .map(node -> after(node, known.get(List.of(node.database(), node.node()))))
            .toList());
  }

  private static NodeUsage after(NodeUsage now, @Nullable Reading before) {
    Reading reading = now.reading();
    if (reading == null || before == null) {
      return now;
    }
    Map<Reading.Name, IndexFigures> indexes =
        reading.indexes().values().stream()
            .collect(toMap(IndexFigures::name, index -> after(index, before)));
    return NodeUsage.read(
        now.database(),
        now.node(),
        new Reading(
            reading.readAt(),
            reading.countedSince(),
            reading.replica(),
            reading.standbys(),
            indexes,
            reading.tables()));
  }

  private static IndexFigures after(IndexFigures now, Reading before) {
    IndexFigures then = before.indexes().get(now.name());
    Instant absent = then == null ? before.readAt() : then.noOlderThan();
    return absent == null || now.noOlderThan() != null
        ? now
        : now.notThereAt(requireNonNull(absent));
  }
}
