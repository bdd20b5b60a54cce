package dev.logdex.recommender.advice;

import dev.logdex.recommender.event.BuildEstimate;
import dev.logdex.recommender.event.Recommendation;
import dev.logdex.recommender.event.RecommendationKind;
import dev.logdex.recommender.event.StatementGain;
import dev.logdex.recommender.event.TableEvidence;
import dev.logdex.recommender.event.WriteCosts;
import dev.logdex.recommender.selection.Costs;
import java.util.ArrayList;
import java.util.List;

/** One recommendation as plain text for a terminal of 100 columns; no colours, no escapes. */
public final class AdviceText {
  static final int WIDTH = 100;

  private static final int LABEL_WIDTH = 10;
  private static final int STEPS_SHOWN = 12;
  private static final String INDENT = "  ";
  private static final String QUERY_INDENT = "      ";

  private AdviceText() {}

  /**
   * The DDL first; then the table, what the index costs, why, and the queries that gain. Ends with
   * a line end.
   */
  public static String render(Recommendation advice) {
    List<String> lines = new ArrayList<>();
    advice.steps().stream()
        .limit(STEPS_SHOWN)
        .forEach(step -> lines.addAll(VisibleText.wrapSql(step.sql() + ";", WIDTH)));
    int more = advice.steps().size() - STEPS_SHOWN;
    if (more > 0) {
      lines.add("-- and " + Figures.counted(more, "statement", "statements") + " more");
    }
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
    if (advice.kind() == RecommendationKind.CREATE_INDEX) {
      lines.addAll(
          labelled(
              "Costs",
              Figures.bytes(advice.sizeBytes())
                  + " on disk; "
                  + writeOverhead(advice.writeOverhead())));
      lines.addAll(labelled("Build", build(advice)));
      lines.addAll(labelled("Saves", saving(advice)));
    } else if (advice.sizeBytes() > 0) {
      lines.addAll(labelled("Frees", Figures.bytes(advice.sizeBytes())));
    }
    lines.addAll(labelled("Why", advice.reason()));
    advice
        .evidence()
        .forEach(fact -> lines.addAll(labelled("", fact.name() + ": " + fact.value())));
    if (!advice.inverseDdl().isEmpty()) {
      lines.addAll(labelled("Undo", advice.inverseDdl() + ";"));
    }
    lines.addAll(labelled("Severity", advice.severity().word()));
    lines.addAll(labelled("Id", advice.id()));
    lines.add("");
    advice.queries().forEach(query -> lines.addAll(query(query)));
    int unlisted = advice.queriesInAll() - advice.queries().size();
    if (unlisted > 0) {
      lines.add(INDENT + "and " + Figures.counted(unlisted, "query", "queries") + " more");
    }
    return String.join("\n", lines) + "\n";
  }

  /** How long carrying it out takes and what waits meanwhile. */
  static String build(Recommendation advice) {
    BuildEstimate build = advice.build();
    return build == null
        ? "not estimated"
        : "about " + duration(build.seconds()) + "; " + build.lock();
  }

  private static String duration(double seconds) {
    if (seconds < 1) {
      return "a second";
    }
    return seconds < 120
        ? Figures.counted(Math.round(seconds), "second", "seconds")
        : Figures.counted(Math.round(seconds / 60), "minute", "minutes");
  }

  /** What its entries write by the minute. */
  static String entries(WriteCosts writes) {
    return Figures.rate(writes.entriesPerMinute())
        + " entries a minute of "
        + Figures.bytes(Math.round(writes.bytesPerEntry()))
        + " each with their WAL; "
        + Figures.rate(writes.hotLostPerMinute())
        + " heap-only updates a minute lost";
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
