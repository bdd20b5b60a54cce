package dev.logdex.analyzer.candidate;

import static java.util.Objects.requireNonNull;

import dev.logdex.analyzer.event.IndexDefinition;
import dev.logdex.analyzer.event.IndexElement;
import java.util.List;

/**
 * What a rule proposes.
 *
 * @param reason one sentence for a person
 */
record Proposal(IndexDefinition definition, String reason) {
  Proposal {
    requireNonNull(definition, "definition");
    requireNonNull(reason, "reason");
  }

  /** A whole b-tree index without further columns. */
  static Proposal btree(List<IndexElement> elements, String reason) {
    return new Proposal(new IndexDefinition("btree", elements, List.of(), null), reason);
  }
}
