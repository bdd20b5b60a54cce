package dev.logdex.recommender.page;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import dev.logdex.analyzer.event.Candidate;
import dev.logdex.analyzer.event.ExistingIndex;
import dev.logdex.analyzer.event.Scan;
import dev.logdex.analyzer.event.ScanCost;
import dev.logdex.analyzer.event.TableAnalysis;
import dev.logdex.recommender.selection.ChosenIndex;
import dev.logdex.recommender.selection.Costs;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The part of a table's scan × index matrix that is shown: the dearest scans as columns; as rows
 * the chosen indexes, those that exist, then the other candidates by what they would save.
 *
 * @param scansLeftOut beyond those shown
 * @param rowsLeftOut beyond those shown
 */
record Grid(List<Scan> scans, List<Row> rows, int scansLeftOut, int rowsLeftOut) {
  static final int SCANS = 40;
  static final int ROWS = 40;

  static Grid of(TableFinding finding) {
    TableAnalysis analysis = finding.analysis();
    Costs costs = new Costs(analysis);
    List<Scan> scans = dearestFirst(analysis.scans()).stream().limit(SCANS).toList();
    List<Row> rows = rows(finding);
    return new Grid(
        scans,
        rows.stream().limit(ROWS).map(row -> row.cells(scans, costs)).toList(),
        analysis.scans().size() - scans.size(),
        Math.max(0, rows.size() - ROWS));
  }

  static List<Scan> dearestFirst(List<Scan> scans) {
    return scans.stream()
        .sorted(
            Comparator.comparingDouble((Scan scan) -> -scan.baselineCost() * scan.scansPerMinute())
                .thenComparing(Scan::id))
        .toList();
  }

  private static List<Row> rows(TableFinding finding) {
    TableAnalysis analysis = finding.analysis();
    Map<String, Double> savings = savings(analysis);
    List<String> chosen =
        finding.selection().chosen().stream()
            .map(ChosenIndex::candidate)
            .map(Candidate::id)
            .toList();
    Set<String> used =
        analysis.scans().stream().map(Scan::indexUsed).filter(i -> i != null).collect(toSet());
    Stream<Row> existing =
        analysis.existingIndexes().stream()
            .sorted(
                Comparator.comparing((ExistingIndex index) -> !used.contains(index.name()))
                    .thenComparing(ExistingIndex::name))
            .map(Row::existing);
    Stream<Row> candidates =
        analysis.candidates().stream()
            .sorted(
                Comparator.comparingDouble((Candidate c) -> -savings.getOrDefault(c.id(), 0.0))
                    .thenComparing(Candidate::id))
            .map(c -> Row.candidate(c, chosen.contains(c.id())));
    return Stream.concat(existing, candidates).sorted(Comparator.comparing(Row::kind)).toList();
  }

  /** What each candidate would save a minute over all scans, by its id. */
  private static Map<String, Double> savings(TableAnalysis analysis) {
    Map<String, Scan> scans =
        analysis.scans().stream().collect(toMap(Scan::id, scan -> scan, (first, again) -> first));
    Map<String, Double> savings = new HashMap<>();
    for (ScanCost cell : analysis.costs()) {
      Scan scan = scans.get(cell.scan());
      if (scan != null) {
        double saving = Math.max(0, scan.baselineCost() - cell.cost()) * scan.scansPerMinute();
        savings.merge(cell.index(), saving, Double::sum);
      }
    }
    return savings;
  }

  /** What a row is about; in this order they are shown. */
  enum Kind {
    CHOSEN,
    EXISTING,
    CANDIDATE
  }

  /**
   * An index.
   *
   * @param id a candidate's id or the name of an existing index
   * @param words what it is called here
   * @param remark the rules' reasons for a candidate, the definition of one that exists
   * @param cells one per scan of the grid; empty where the plan does not use the index
   */
  record Row(
      String id,
      Kind kind,
      String words,
      String remark,
      long sizeBytes,
      List<Optional<ScanCost>> cells) {
    static Row existing(ExistingIndex index) {
      return new Row(
          index.name(),
          Kind.EXISTING,
          index.name(),
          index.definition().sql() + (index.valid() ? "" : "; it is invalid"),
          index.sizeBytes(),
          List.of());
    }

    static Row candidate(Candidate candidate, boolean chosen) {
      return new Row(
          candidate.id(),
          chosen ? Kind.CHOSEN : Kind.CANDIDATE,
          candidate.definition().sql().replaceFirst("^USING (btree )?", ""),
          candidate.reason(),
          candidate.sizeBytes(),
          List.of());
    }

    Row cells(List<Scan> scans, Costs costs) {
      return new Row(
          id,
          kind,
          words,
          remark,
          sizeBytes,
          scans.stream().map(scan -> costs.scan(scan.id(), id)).toList());
    }
  }
}
