package dev.logdex.analyzer.benchmark;

import static java.util.stream.Collectors.joining;

import dev.logdex.analyzer.event.Candidate;
import dev.logdex.analyzer.event.ExistingIndex;
import dev.logdex.analyzer.event.Scan;
import dev.logdex.analyzer.event.ScanCost;
import dev.logdex.analyzer.event.TableAnalysis;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Prints the scan × index matrix of a table for a person: scans by number, an index a line. */
final class MatrixText {
  private static final int LABEL = 30;
  private static final int COLUMN = 11;

  private final TableAnalysis table;
  private final Map<String, String> statementNames;
  private final Map<String, ScanCost> cells = new TreeMap<>();

  /**
   * A printer.
   *
   * @param statementNames by fingerprint
   */
  MatrixText(TableAnalysis table, Map<String, String> statementNames) {
    this.table = table;
    this.statementNames = statementNames;
    table.costs().forEach(cell -> cells.put(key(cell.scan(), cell.index()), cell));
  }

  private static String key(String scan, String index) {
    return scan + " " + index;
  }

  String text() {
    StringBuilder text = new StringBuilder();
    List<Scan> scans = table.scans();
    for (int i = 0; i < scans.size(); i++) {
      text.append(String.format(Locale.ROOT, "  S%-3d %s%n", i + 1, scan(scans.get(i))));
    }
    text.append(label("")).append(row(i -> "S" + (i + 1)));
    text.append(label("today")).append(row(i -> figure(scans.get(i).baselineCost())));
    for (ExistingIndex index : table.existingIndexes()) {
      text.append(label("= " + index.name())).append(row(i -> cell(scans.get(i), index.name())));
    }
    for (Candidate candidate : table.candidates()) {
      text.append(label("+ " + columns(candidate)))
          .append(row(i -> cell(scans.get(i), candidate.id())));
    }
    return text.toString();
  }

  private String scan(Scan scan) {
    return scan.statements().stream()
            .map(each -> statementNames.getOrDefault(each, each))
            .collect(joining(", "))
        + ": "
        + (scan.whereClauses().isEmpty()
            ? ""
            : "where " + String.join(" and ", scan.whereClauses()))
        + (scan.joinClauses().isEmpty() ? "" : " join " + String.join(" and ", scan.joinClauses()))
        + (scan.orderBy().isEmpty() ? "" : " order " + String.join(", ", scan.orderBy()))
        + (scan.limited() ? " limit" : "");
  }

  private static String columns(Candidate candidate) {
    return candidate.id().replaceFirst("^USING btree ", "");
  }

  private String cell(Scan scan, String index) {
    ScanCost cell = cells.get(key(scan.id(), index));
    return cell == null ? "" : figure(cell.cost()) + (cell.abortsEarly() ? "!" : "");
  }

  private interface Cell {
    String at(int scan);
  }

  private String row(Cell cell) {
    StringBuilder row = new StringBuilder();
    for (int i = 0; i < table.scans().size(); i++) {
      row.append(String.format(Locale.ROOT, "%" + COLUMN + "s", cell.at(i)));
    }
    return row.append(System.lineSeparator()).toString();
  }

  /** As wide as the widest, so that costs stand below each other. */
  private String label(String text) {
    int widest =
        table.candidates().stream()
            .mapToInt(candidate -> columns(candidate).length())
            .max()
            .orElse(0);
    return String.format(Locale.ROOT, "  %-" + Math.max(LABEL, widest + 2) + "s", text);
  }

  private static String figure(double cost) {
    return String.format(Locale.ROOT, cost < 100 ? "%.2f" : "%.0f", cost);
  }
}
