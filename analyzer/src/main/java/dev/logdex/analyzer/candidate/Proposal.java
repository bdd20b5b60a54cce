package dev.logdex.analyzer.candidate;

import dev.logdex.analyzer.event.IndexElement;
import java.util.List;

/**
 * What a rule proposes.
 *
 * @param reason one sentence for a person
 */
record Proposal(List<IndexElement> elements, String reason) {
  Proposal {
    elements = List.copyOf(elements);
  }
}
