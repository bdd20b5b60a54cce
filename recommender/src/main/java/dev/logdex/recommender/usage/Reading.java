package dev.logdex.recommender.usage;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one server said at one moment.
 *
 * @param readAt by the server's clock
 * @param countedSince when its counters began; null when that is not known
 * @param replica whether it follows another server
 * @param standbys servers that stream from it
 * @param indexes by schema and name
 * @param tables by schema and name
 */
public record Reading(
    Instant readAt,
    @Nullable Instant countedSince,
    boolean replica,
    int standbys,
    Map<Name, IndexFigures> indexes,
    Map<Name, TableFigures> tables) {
  public Reading {
    requireNonNull(readAt, "readAt");
    indexes = Map.copyOf(indexes);
    tables = Map.copyOf(tables);
  }

  /** A reading of these figures. */
  public static Reading of(
      Instant readAt,
      @Nullable Instant countedSince,
      boolean replica,
      int standbys,
      List<IndexFigures> indexes,
      List<TableFigures> tables) {
    return new Reading(
        readAt,
        countedSince,
        replica,
        standbys,
        indexes.stream().collect(toMap(IndexFigures::name, each -> each, (one, again) -> one)),
        tables.stream().collect(toMap(TableFigures::name, each -> each, (one, again) -> one)));
  }

  /** Empty when the server has no such index. */
  public Optional<IndexFigures> index(String schema, String name) {
    return Optional.ofNullable(indexes.get(new Name(schema, name)));
  }

  /** Empty when the server has no such table. */
  public Optional<TableFigures> table(String schema, String name) {
    return Optional.ofNullable(tables.get(new Name(schema, name)));
  }

  /**
   * Whether the server reads indexes at all: where none was ever read, the counters are those of a
   * server that nobody asks, or that does not count.
   */
  public boolean readsAny() {
    return indexes.values().stream().anyMatch(index -> index.scans() > 0);
  }

  /** A relation's name as the catalog spells it. */
  public record Name(String schema, String name) {
    public Name {
      requireNonNull(schema, "schema");
      requireNonNull(name, "name");
    }
  }
}
