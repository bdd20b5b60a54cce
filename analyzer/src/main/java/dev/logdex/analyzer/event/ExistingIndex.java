package dev.logdex.analyzer.event;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonCreator;
import org.jspecify.annotations.Nullable;

/**
 * An index that the analysis database has.
 *
 * @param ddl as pg_get_indexdef gives it
 * @param ties what else than queries it is for; null when not known, as in older records
 */
public record ExistingIndex(
    String name,
    IndexDefinition definition,
    String ddl,
    boolean unique,
    boolean primary,
    boolean valid,
    long sizeBytes,
    @Nullable IndexTies ties) {
  @JsonCreator
  public ExistingIndex {
    requireNonNull(name, "name");
    requireNonNull(definition, "definition");
    requireNonNull(ddl, "ddl");
  }

  /** An index that is there for queries alone, unless it is unique or the primary key's. */
  public ExistingIndex(
      String name,
      IndexDefinition definition,
      String ddl,
      boolean unique,
      boolean primary,
      boolean valid,
      long sizeBytes) {
    this(name, definition, ddl, unique, primary, valid, sizeBytes, IndexTies.NONE);
  }
}
