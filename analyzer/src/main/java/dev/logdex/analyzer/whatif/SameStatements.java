package dev.logdex.analyzer.whatif;

import static java.util.Comparator.comparing;

import dev.logdex.analyzer.workload.WorkloadStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts statements of different fingerprints as one when they are one to the server: a lexer
 * cannot see that {@code x != 1} and {@code 1 <> x} or two spellings of a type are the same.
 */
final class SameStatements {
  private SameStatements() {}

  /** The statements by fingerprint; what is merged goes under the smallest one. */
  static List<PlannedStatement> merged(List<PlannedStatement> statements) {
    Map<Long, PlannedStatement> byId = new TreeMap<>();
    List<PlannedStatement> merged = new ArrayList<>();
    statements.stream()
        .sorted(comparing(each -> each.statement().fingerprint()))
        .forEach(
            each -> {
              Long id = each.queryId();
              if (id == null) {
                merged.add(each);
              } else {
                byId.merge(id, each, SameStatements::plus);
              }
            });
    merged.addAll(byId.values());
    merged.sort(comparing(each -> each.statement().fingerprint()));
    return merged;
  }

  private static PlannedStatement plus(PlannedStatement first, PlannedStatement other) {
    WorkloadStatement sum = first.statement().plus(other.statement());
    boolean moreCalls = other.statement().calls() > first.statement().calls();
    return new PlannedStatement(sum, moreCalls ? other.parts() : first.parts());
  }
}
