package dev.logdex.recommender.advice;

import static java.util.stream.Collectors.joining;

import dev.logdex.recommender.event.Recommendation;
import dev.logdex.recommender.event.RecommendationKind;
import dev.logdex.recommender.event.ScanGain;
import dev.logdex.recommender.event.StatementGain;
import dev.logdex.recommender.event.TableEvidence;
import java.util.List;
import java.util.stream.Stream;

/** A recommendation as the title and the body of a ticket, the body in Markdown. */
public final class Ticket {
  /** Name of the evidence that ends the title of advice other than a new index. */
  public static final String FINDING = "finding";

  private static final int TITLE_LENGTH = 200;
  private static final int QUERIES_SHOWN = 10;
  private static final int SCANS_SHOWN = 20;

  /** At the beginning, and as many at the end. */
  private static final int STEPS_SHOWN = 10;

  private static final int CLAUSES_LENGTH = 200;

  private Ticket() {}

  /** One line: {@code Add an index on public.orders (customer_id)}. */
  public static String title(Recommendation advice) {
    if (advice.kind() != RecommendationKind.CREATE_INDEX) {
      return VisibleText.cut(VisibleText.oneLine(OtherTicket.title(advice)), TITLE_LENGTH);
    }
    String index = advice.index().replaceFirst("^USING btree ", "");
    return VisibleText.cut(
        VisibleText.oneLine("Add an index on " + advice.table() + " " + index), TITLE_LENGTH);
  }

  /** Everything but the title and the body of the recommendation goes in. */
  public static String body(Recommendation advice) {
    if (advice.kind() != RecommendationKind.CREATE_INDEX) {
      return OtherTicket.body(advice);
    }
    return Stream.of(
            List.of(statements(advice), VisibleText.oneLine(advice.reason())),
            limits(advice),
            facts(advice),
            queries(advice),
            scans(advice),
            List.of(
                "Costs are in planner units, not milliseconds: what Postgres estimates on the"
                    + " analysis database with this index alone. `CREATE INDEX CONCURRENTLY`"
                    + " cannot run inside a transaction.",
                "To take it back:",
                sqlBlock(advice.inverseDdl() + ";")))
        .flatMap(List::stream)
        .collect(joining("\n\n", "", "\n"));
  }

  /** The steps, one after the other; of very many the first and the last. */
  static String statements(Recommendation advice) {
    List<String> lines = advice.steps().stream().map(step -> step.sql() + ";").toList();
    int left = lines.size() - 2 * STEPS_SHOWN;
    return left <= 1
        ? sqlBlock(lines)
        : sqlBlock(
            Stream.of(
                    lines.subList(0, STEPS_SHOWN),
                    List.of("-- " + left + " more statements are in the event's steps"),
                    lines.subList(lines.size() - STEPS_SHOWN, lines.size()))
                .flatMap(List::stream)
                .toList());
  }

  private static List<String> limits(Recommendation advice) {
    return advice.limits().isEmpty()
        ? List.of()
        : List.of(
            "More would help the table but for a limit: "
                + String.join("; ", advice.limits())
                + ".");
  }

  private static List<String> facts(Recommendation advice) {
    TableEvidence table = advice.tableFacts();
    return List.of(
        Stream.of(
                row("", ""),
                "|---|---|",
                row("Database", cell(advice.database())),
                row("Table", cell(advice.table()) + ", " + AdviceText.tableSize(table)),
                row("Writes of the table", AdviceText.writes(table)),
                row("Size of the index", Figures.bytes(advice.sizeBytes())),
                row("Write overhead", AdviceText.writeOverhead(advice.writeOverhead())),
                row("Writes into the index", AdviceText.entries(advice.writes())),
                row("Building it takes", AdviceText.build(advice)),
                row("Saves", AdviceText.saving(advice)),
                row("Severity", advice.severity().word()))
            .collect(joining("\n")));
  }

  private static List<String> queries(Recommendation advice) {
    List<StatementGain> shown = advice.queries().stream().limit(QUERIES_SHOWN).toList();
    String table =
        Stream.concat(
                Stream.of(
                    row("Query", "Calls/min", "Cost before", "Cost after", "Cheaper by"),
                    "|---|--:|--:|--:|--:|"),
                shown.stream().map(Ticket::queryRow))
            .collect(joining("\n"));
    return Stream.concat(
            Stream.of("#### " + heading("Queries that gain", shown, advice.queriesInAll()), table),
            shown.stream().flatMap(q -> Stream.of("`" + q.fingerprint() + "`", sqlBlock(q.text()))))
        .toList();
  }

  private static String queryRow(StatementGain query) {
    return row(
        "`" + query.fingerprint() + "`",
        Figures.rate(query.callsPerMinute()),
        Figures.cost(query.costBefore()),
        Figures.cost(query.costAfter()),
        AdviceText.cheaperBy(query.costBefore(), query.costAfter()));
  }

  private static List<String> scans(Recommendation advice) {
    List<ScanGain> shown = advice.scans().stream().limit(SCANS_SHOWN).toList();
    String table =
        Stream.concat(
                Stream.of(
                    row("Scan", "Scans/min", "Cost before", "Cost after", "Chosen for it"),
                    "|---|--:|--:|--:|---|"),
                shown.stream().map(Ticket::scanRow))
            .collect(joining("\n"));
    return List.of(
        "#### " + heading("Scans of the table under this index", shown, advice.scansInAll()),
        table);
  }

  private static String scanRow(ScanGain scan) {
    return row(
        cell(VisibleText.cut(String.join("; ", scan.clauses()), CLAUSES_LENGTH)),
        Figures.rate(scan.scansPerMinute()),
        Figures.cost(scan.costBefore()),
        Figures.cost(scan.costAfter()),
        scan.chosenFor() ? "yes" : "no, another index is");
  }

  private static String heading(String words, List<?> shown, int inAll) {
    return words
        + (shown.size() < inAll
            ? " (first " + Figures.count(shown.size()) + " of " + Figures.count(inAll) + ")"
            : "");
  }

  static String row(String... cells) {
    return "| " + String.join(" | ", cells) + " |";
  }

  /** Text as code inside a table's cell, whatever marks it holds. */
  static String cell(String text) {
    if (text.isBlank()) {
      return "";
    }
    String fence = "`".repeat(longestRun(text) + 1);
    String pad = text.contains("`") ? " " : "";
    return fence + pad + VisibleText.oneLine(text).replace("|", "\\|") + pad + fence;
  }

  static String sqlBlock(String sql) {
    return sqlBlock(List.of(sql));
  }

  private static String sqlBlock(List<String> statements) {
    String lines = statements.stream().map(VisibleText::oneLine).collect(joining("\n"));
    String fence = "`".repeat(Math.max(3, longestRun(lines) + 1));
    return fence + "sql\n" + lines + "\n" + fence;
  }

  private static int longestRun(String text) {
    int longest = 0;
    int run = 0;
    for (int i = 0; i < text.length(); i++) {
      run = text.charAt(i) == '`' ? run + 1 : 0;
      longest = Math.max(longest, run);
    }
    return longest;
  }
}
