package dev.logdex.analyzer.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logdex.analyzer.event.Candidate;
import dev.logdex.analyzer.event.Scan;
import dev.logdex.analyzer.event.ScanCost;
import dev.logdex.analyzer.event.StatementCost;
import dev.logdex.analyzer.event.TableAnalysis;
import dev.logdex.analyzer.whatif.DatabaseAnalysis;
import java.util.ArrayList;
import java.util.List;

/** Says of a statement's candidates what a person would: {@code orders (customer_id, doc)}. */
final class CandidatesAssert {
  private final DatabaseAnalysis analysis;

  CandidatesAssert(DatabaseAnalysis analysis) {
    this.analysis = analysis;
  }

  CandidatesAssert contains(String... candidates) {
    assertThat(proposed()).contains(candidates);
    return this;
  }

  CandidatesAssert doesNotContain(String... candidates) {
    assertThat(proposed()).doesNotContain(candidates);
    return this;
  }

  CandidatesAssert isSilent() {
    assertThat(proposed()).isEmpty();
    return this;
  }

  /** The candidates that at least halve the cost of a scan. */
  CandidatesAssert helpful(String... candidates) {
    assertThat(helpful()).contains(candidates);
    return this;
  }

  CandidatesAssert nothingHelps() {
    assertThat(helpful()).isEmpty();
    return this;
  }

  CandidatesAssert notHelpful(String... candidates) {
    assertThat(helpful()).doesNotContain(candidates);
    return this;
  }

  /** The candidate with the lowest cost of the statement. */
  CandidatesAssert best(String candidate) {
    String best = "";
    double lowest = Double.MAX_VALUE;
    for (TableAnalysis table : analysis.tables()) {
      for (StatementCost cost : table.statementCosts()) {
        if (cost.cost() < lowest) {
          lowest = cost.cost();
          best = table.table().name() + " " + shown(candidate(table, cost.index()));
        }
      }
    }
    assertThat(best).isEqualTo(candidate);
    return this;
  }

  List<String> proposed() {
    List<String> all = new ArrayList<>();
    analysis
        .tables()
        .forEach(
            table ->
                table
                    .candidates()
                    .forEach(each -> all.add(table.table().name() + " " + shown(each))));
    return all;
  }

  List<String> helpful() {
    List<String> helpful = new ArrayList<>();
    for (TableAnalysis table : analysis.tables()) {
      for (ScanCost cell : table.costs()) {
        double baseline =
            table.scans().stream()
                .filter(scan -> scan.id().equals(cell.scan()))
                .mapToDouble(Scan::baselineCost)
                .findFirst()
                .orElseThrow();
        if (cell.cost() < baseline / 2) {
          helpful.add(table.table().name() + " " + shown(candidate(table, cell.index())));
        }
      }
    }
    return helpful;
  }

  private static Candidate candidate(TableAnalysis table, String id) {
    return table.candidates().stream()
        .filter(each -> each.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  /** The definition, without its method where that is the usual one. */
  private static String shown(Candidate candidate) {
    return candidate.definition().sql().replaceFirst("^USING btree ", "");
  }
}
