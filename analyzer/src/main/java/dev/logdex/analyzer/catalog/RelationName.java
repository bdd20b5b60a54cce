package dev.logdex.analyzer.catalog;

import static java.util.Comparator.comparing;
import static java.util.Objects.requireNonNull;

import java.util.Comparator;

/** A relation as the catalog spells it, unquoted. */
public record RelationName(String schema, String name) implements Comparable<RelationName> {
  private static final Comparator<RelationName> ORDER =
      comparing(RelationName::schema).thenComparing(RelationName::name);

  public RelationName {
    requireNonNull(schema, "schema");
    requireNonNull(name, "name");
  }

  @Override
  public int compareTo(RelationName other) {
    return ORDER.compare(this, other);
  }
}
