package dev.logdex.analyzer.event;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The plan of a statement's most frequent sample, for a person to compare.
 *
 * @param fingerprint of the statement
 * @param index a candidate's id when the plan is with that; null for the plan of today
 * @param nodes parents before children; at most as many as a page has room for
 * @param nodesLeftOut beyond these
 */
public record PlanOutline(
    String fingerprint, @Nullable String index, List<OutlineNode> nodes, int nodesLeftOut) {
  public PlanOutline {
    requireNonNull(fingerprint, "fingerprint");
    nodes = List.copyOf(nodes);
  }
}
