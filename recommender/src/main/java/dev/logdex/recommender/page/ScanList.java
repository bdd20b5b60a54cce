package dev.logdex.recommender.page;

import static dev.logdex.recommender.page.Element.el;

import dev.logdex.analyzer.event.Scan;
import dev.logdex.recommender.advice.Figures;
import dev.logdex.recommender.advice.VisibleText;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The scans of a grid by their numbers, as the matrix's columns are called. */
final class ScanList {
  private static final int CLAUSES = 12;
  private static final int CLAUSE_LENGTH = 300;

  private ScanList() {}

  static Html of(Grid grid, TableFinding finding) {
    return el("ol.scans")
        .addAll(
            IntStream.range(0, grid.scans().size())
                .mapToObj(i -> item(i + 1, grid.scans().get(i), finding)));
  }

  static List<String> clauses(Scan scan) {
    List<String> clauses =
        Stream.of(
                scan.whereClauses().stream(),
                scan.joinClauses().stream().map(clause -> "join: " + clause),
                scan.orderBy().stream().map(key -> "ORDER BY " + key),
                scan.limited() ? Stream.of("LIMIT") : Stream.<String>empty())
            .flatMap(parts -> parts)
            .limit(CLAUSES)
            .map(clause -> VisibleText.cut(clause, CLAUSE_LENGTH))
            .toList();
    return clauses.isEmpty() ? List.of("the whole table") : clauses;
  }

  private static Html item(int number, Scan scan, TableFinding finding) {
    Element clauses =
        el("div.clauses").addAll(clauses(scan).stream().map(clause -> el("code", clause)));
    String used = scan.indexUsed();
    return el(
            "li",
            el("b", "S" + number),
            el(
                "div",
                clauses,
                el(
                    "p.meta",
                    el("span", Figures.rate(scan.scansPerMinute()) + " a minute"),
                    el("span", "cost " + Figures.cost(scan.baselineCost())),
                    el("span", Figures.rate(scan.rows()) + " rows"),
                    el("span", used == null ? "reads no index" : "reads " + used),
                    el("span", outcome(scan, finding)))))
        .set("id", "scan-" + number);
  }

  private static String outcome(Scan scan, TableFinding finding) {
    var outcome = finding.selection().outcomes().get(scan.id());
    if (outcome == null) {
      return "";
    }
    return switch (outcome) {
      case COVERED -> "a chosen index serves it";
      case SMALL_TABLE -> "the table is too small";
      case ALREADY_INDEXED -> "an index that is there serves it";
      case NO_INDEXABLE_CLAUSE -> "nothing that an index could serve";
      case DECLINED -> "an index would help, but was declined";
      case IMPROVEMENT_TOO_SMALL -> "no index saves enough";
    };
  }
}
