package dev.logdex.analyzer.event;

import static java.util.Objects.requireNonNull;

/** A table in a database, each name as the catalog spells it, unquoted. */
public record TableName(String database, String schema, String name) {
  public TableName {
    requireNonNull(database, "database");
    requireNonNull(schema, "schema");
    requireNonNull(name, "name");
  }

  /** {@code schema.name}, for people and keys; not quoted, so not for SQL. */
  public String qualified() {
    return schema + "." + name;
  }
}
