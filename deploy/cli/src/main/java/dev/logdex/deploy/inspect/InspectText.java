package dev.logdex.deploy.inspect;

import dev.logdex.deploy.inspect.InspectedLogs.InspectedLog;
import dev.logdex.deploy.terminal.Amounts;
import dev.logdex.deploy.terminal.Printable;
import dev.logdex.deploy.terminal.TextTable;
import dev.logdex.deploy.terminal.TextTable.Column;
import dev.logdex.normalizer.event.DeadLetterReason;
import dev.logdex.normalizer.inspect.InspectReport.NotUnderstood;
import dev.logdex.normalizer.inspect.InspectReport.StatementFigures;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The same for a person: what is in the logs, what took most time, and what was not understood. */
public final class InspectText {
  private static final int STATEMENT_LENGTH = 100;
  private static final List<String> FIELD_FORMATS = List.of("csvlog", "jsonlog", "cnpg");

  private final InspectedLogs logs;
  private final UnaryOperator<String> heading;
  private final List<String> lines = new ArrayList<>();

  private InspectText(InspectedLogs logs, UnaryOperator<String> heading) {
    this.logs = logs;
    this.heading = heading;
  }

  /**
   * All of it, line by line.
   *
   * @param top how many statements to list
   * @param heading makes headings stand out
   */
  public static List<String> lines(InspectedLogs logs, int top, UnaryOperator<String> heading) {
    InspectText text = new InspectText(logs, heading);
    text.totals();
    text.sources();
    text.statements(top);
    text.events();
    text.notUnderstood();
    text.passedOver();
    text.suggestions();
    return text.lines;
  }

  private void totals() {
    long executed = logs.fingerprints().stream().filter(each -> each.calls() > 0).count();
    lines.add(
        Amounts.count(logs.entries(), "log entry", "log entries")
            + ", "
            + Amounts.count(logs.executions(), "execution", "executions")
            + " of "
            + Amounts.count(executed, "statement", "statements")
            + ", "
            + Amounts.count(logs.errors(), "error", "errors")
            + ", "
            + Amounts.count(logs.deadLettersInAll())
            + " not understood");
    lines.add("Format " + logs.format() + prefix());
  }

  private void sources() {
    if (logs.sources().size() < 2) {
      return;
    }
    TextTable table =
        new TextTable(
            Column.text("Log"),
            Column.text("Format"),
            Column.number("Lines"),
            Column.number("Entries"),
            Column.number("Executions"),
            Column.number("Errors"),
            Column.number("Not understood"));
    for (InspectedLog log : logs.sources()) {
      table.row(
          Printable.line(log.source()),
          log.format(),
          Amounts.count(log.lines()),
          Amounts.count(log.entries()),
          Amounts.count(log.executions()),
          Amounts.count(log.errors()),
          Amounts.count(log.deadLetters()));
    }
    section("Logs", table.lines());
  }

  private void statements(int top) {
    if (logs.fingerprints().isEmpty()) {
      section(
          "Statements",
          List.of(
              "None. Does the server log them (log_min_duration_statement, log_statement), and is"
                  + " the prefix right?"));
      return;
    }
    TextTable table =
        new TextTable(
            Column.number("Total time"),
            Column.number("Calls"),
            Column.number("Errors"),
            Column.number("Slowest"),
            Column.text("Database"),
            Column.text("User"),
            Column.text("Fingerprint"),
            Column.text("Statement"));
    logs.fingerprints().stream().limit(top).forEach(each -> statement(table, each));
    List<String> rows = new ArrayList<>(table.lines());
    if (logs.fingerprints().size() > top) {
      rows.add("… and " + Amounts.count(logs.fingerprints().size() - (long) top) + " more");
    }
    if (logs.omittedExecutions() > 0) {
      rows.add(
          "… and "
              + Amounts.count(logs.omittedExecutions(), "execution", "executions")
              + " of statements that there was no room to tell apart");
    }
    section("Statements by total time", rows);
  }

  private static void statement(TextTable table, StatementFigures figures) {
    @Nullable Double slowest = figures.maxTimeMs();
    table.row(
        // without a single duration in the log a time of 0 would be a claim
        slowest == null ? "-" : Amounts.milliseconds(figures.totalTimeMs()),
        Amounts.count(figures.calls()),
        Amounts.count(figures.errors()),
        slowest == null ? "-" : Amounts.milliseconds(slowest),
        name(figures.database()),
        name(figures.user()),
        figures.fingerprint().toString(),
        Printable.excerpt(figures.text(), STATEMENT_LENGTH));
  }

  private void events() {
    if (logs.events().isEmpty() && logs.plans() == 0) {
      return;
    }
    TextTable table = new TextTable(Column.number("Times"), Column.text("What"));
    logs.events().forEach((kind, count) -> table.row(Amounts.count(count), words(kind)));
    if (logs.plans() > 0) {
      table.row(Amounts.count(logs.plans()), "plan of auto_explain");
    }
    section("Told of statements beside their executions", table.lines());
  }

  private void notUnderstood() {
    if (logs.deadLetters().isEmpty()) {
      return;
    }
    TextTable table =
        new TextTable(Column.number("Times"), Column.text("Reason"), Column.text("First place"));
    for (Map.Entry<DeadLetterReason, Long> reason : logs.deadLetters().entrySet()) {
      table.row(
          Amounts.count(reason.getValue()), words(reason.getKey()), firstPlace(reason.getKey()));
    }
    section("Not understood", table.lines());
  }

  private void passedOver() {
    Map<String, Long> counts = new TreeMap<>();
    for (InspectedLog log : logs.sources()) {
      log.ignored().forEach((why, count) -> counts.merge(words(why), count, Long::sum));
      log.cuts().forEach((what, count) -> counts.merge(words(what), count, Long::sum));
      if (log.missingLines() > 0) {
        counts.merge("never came", log.missingLines(), Long::sum);
      }
    }
    if (!counts.isEmpty()) {
      TextTable table = new TextTable(Column.number("Times"), Column.text("Cause"));
      counts.forEach((cause, count) -> table.row(Amounts.count(count), cause));
      section("Lines passed over, and what bounds have cut", table.lines());
    }
  }

  private void suggestions() {
    if (!logs.suggestions().isEmpty()) {
      section("Suggestions", logs.suggestions().stream().distinct().map(Printable::line).toList());
    }
  }

  private String firstPlace(DeadLetterReason reason) {
    Optional<NotUnderstood> first =
        logs.notUnderstood().stream().filter(each -> each.reason() == reason).findFirst();
    return first.map(each -> Printable.line(each.place() + "  " + each.detail())).orElse("");
  }

  private void section(String title, List<String> content) {
    lines.add("");
    lines.add(heading.apply(title));
    lines.addAll(content);
  }

  /** Forms that come field by field have none, which is no finding. */
  private String prefix() {
    boolean inFields = FIELD_FORMATS.stream().anyMatch(logs.format()::startsWith);
    if (logs.prefix().isEmpty()) {
      return inFields ? "" : "; no log_line_prefix recognised";
    }
    return "; log_line_prefix '" + Printable.lines(logs.prefix()) + "'";
  }

  private static String name(String name) {
    return name.isEmpty() ? "-" : Printable.line(name);
  }

  private static String words(Enum<?> cause) {
    return cause.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
