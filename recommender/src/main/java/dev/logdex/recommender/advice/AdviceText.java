package dev.logdex.recommender.advice;

import dev.logdex.recommender.event.Recommendation;
import dev.logdex.recommender.event.StatementGain;
import dev.logdex.recommender.event.TableEvidence;
import dev.logdex.recommender.selection.Costs;
import java.util.ArrayList;
import java.util.List;

/** One recommendation as plain text for a terminal of 100 columns; no colours, no escapes. */
public final class AdviceText {
  static final int WIDTH = 100;

  private static final int LABEL_WIDTH = 8;
  private static final String INDENT = "  ";
  private static final String QUERY_INDENT = "      ";

  private AdviceText() {}

  /**
   * The DDL first; then the table, what the index costs, why, and the queries that gain. Ends with
   * a line end.
   */
  public static String render(Recommendation advice) {
    List<String> lines = new ArrayList<>(VisibleText.wrapSql(advice.ddl() + ";", WIDTH));
    lines.add("");
    lines.addAll(
        labelled(
            "Table",
            advice.table()
                + " in "
                + advice.database()
                + ", "
                + tableSize(advice.tableFacts())
                + "; "
                + writes(advice.tableFacts())));
    lines.addAll(
        labelled(
            "Costs",
            Figures.bytes(advice.sizeBytes())
                + " on disk; "
                + writeOverhead(advice.writeOverhead())));
    lines.addAll(labelled("Saves", saving(advice)));
    lines.addAll(labelled("Why", advice.reason()));
    lines.addAll(labelled("Undo", advice.inverseDdl() + ";"));
    lines.addAll(labelled("Id", advice.id()));
    lines.add("");
    advice.queries().forEach(query -> lines.addAll(query(query)));
    int unlisted = advice.queriesInAll() - advice.queries().size();
    if (unlisted > 0) {
      lines.add(INDENT + "and " + Figures.counted(unlisted, "query", "queries") + " more");
    }
    return String.join("\n", lines) + "\n";
  }

  static String tableSize(TableEvidence table) {
    return Figures.counted(table.rows(), "row", "rows") + ", " + Figures.bytes(table.sizeBytes());
  }

  static String writes(TableEvidence table) {
    if (table.insertsPerMinute() + table.updatesPerMinute() + table.deletesPerMinute() == 0) {
      return "no writes in the log";
    }
    return Figures.rate(table.insertsPerMinute())
        + " inserts, "
        + Figures.rate(table.updatesPerMinute())
        + " updates and "
        + Figures.rate(table.deletesPerMinute())
        + " deletes a minute";
  }

  static String writeOverhead(double overhead) {
    return Figures.rate(overhead) + " bytes into the index per byte written to the table";
  }

  static String saving(Recommendation advice) {
    return Figures.rate(advice.savingPerMinute())
        + " planner units a minute over "
        + Figures.counted(advice.queriesInAll(), "query", "queries");
  }

  static String cheaperBy(double before, double after) {
    return Figures.percent(Costs.share(before, after));
  }

  private static List<String> query(StatementGain query) {
    List<String> lines = new ArrayList<>();
    lines.add(
        INDENT
            + "Query "
            + query.fingerprint()
            + " (Cost: "
            + Figures.cost(query.costBefore())
            + " -> "
            + Figures.cost(query.costAfter())
            + ", "
            + cheaperBy(query.costBefore(), query.costAfter())
            + " cheaper; "
            + Figures.rate(query.callsPerMinute())
            + " calls/min)");
    VisibleText.wrapSql(query.text(), WIDTH - QUERY_INDENT.length())
        .forEach(line -> lines.add(QUERY_INDENT + line));
    return lines;
  }

  private static List<String> labelled(String label, String text) {
    List<String> lines = new ArrayList<>();
    for (String line : VisibleText.wrap(text, WIDTH - INDENT.length() - LABEL_WIDTH)) {
      String margin = lines.isEmpty() ? label : "";
      lines.add(INDENT + margin + " ".repeat(LABEL_WIDTH - margin.length()) + line);
    }
    return lines;
  }
}
