package dev.logdex.analyzer.event;

import static java.util.Objects.requireNonNull;

/**
 * An index that the analysis database has.
 *
 * @param ddl as pg_get_indexdef gives it
 */
public record ExistingIndex(
    String name,
    IndexDefinition definition,
    String ddl,
    boolean unique,
    boolean primary,
    boolean valid,
    long sizeBytes) {
  public ExistingIndex {
    requireNonNull(name, "name");
    requireNonNull(definition, "definition");
    requireNonNull(ddl, "ddl");
  }
}
