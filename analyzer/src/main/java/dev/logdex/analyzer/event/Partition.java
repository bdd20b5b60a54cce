package dev.logdex.analyzer.event;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * A partition of a table, at any depth. Names are as the catalog spells them.
 *
 * @param parent place of the parent in the list of partitions that this one stands in; -1 for the
 *     table itself
 */
public record Partition(String schema, String name, Form form, int parent) {
  public Partition {
    requireNonNull(schema, "schema");
    requireNonNull(name, "name");
    requireNonNull(form, "form");
  }

  /** What a partition is. The words are JSON: they are never renamed. */
  public enum Form {
    /** Holds rows. */
    TABLE,
    /** Has partitions of its own. */
    PARENT,
    /** A foreign table, which can have no index. */
    FOREIGN;

    @JsonValue
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
