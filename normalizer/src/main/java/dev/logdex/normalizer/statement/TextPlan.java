package dev.logdex.normalizer.statement;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.logdex.normalizer.event.DeadLetterReason;
import dev.logdex.normalizer.text.Utf8;

/** The plan as {@code auto_explain.log_format = text} prints it. */
final class TextPlan {
  static final byte[] QUERY_TEXT = bytes("Query Text:");
  private static final byte[] QUERY_TEXT_QUOTED = bytes("Query Text: \"");
  private static final byte[] YAML_PLAN = bytes("\nPlan:");
  private static final byte[] PARAMETERS = bytes("Query Parameters: ");
  private static final byte[] COST = bytes("  (cost=");
  private static final byte[] CLOSE = bytes(")");
  private static final byte[] ACTUAL = bytes(" (actual ");
  private static final byte[] NEVER = bytes(" (never executed)");
  private static final byte[] ROWS = bytes("rows=");
  private static final byte[] LOOPS = bytes("loops=");
  private static final byte[] QUERY_ID = bytes("Query Identifier: ");
  private static final byte[][] AFTER_NODES = {
    QUERY_ID, bytes("Settings:"), bytes("JIT:"), bytes("Trigger "), bytes("Planning"),
  };

  private TextPlan() {}

  static boolean isYaml(Utf8 plan) {
    return plan.startsWith(QUERY_TEXT_QUOTED)
        && plan.indexOf(YAML_PLAN, 0) > 0
        && headOfPlan(plan) < 0;
  }

  static PlanReading read(Utf8 plan) {
    int head = headOfPlan(plan);
    if (head < 0) {
      return new PlanReading.Unread(
          DeadLetterReason.TRUNCATED_STATEMENT, "the message ends before its plan begins");
    }
    Utf8 query = SqlText.strip(plan.part(QUERY_TEXT.length, head));
    return new PlanReading.Plan(
        withoutParameters(query),
        LoggedPlan.Format.TEXT,
        plan.part(head),
        rows(plan, head),
        queryId(plan, head));
  }

  /**
   * Where the plan begins: at the first line that can be its top node with nothing but lines of a
   * plan after it, or else at the last that can be one. The query's text before it may hold lines
   * that look like any of this, and so may a literal in the plan.
   */
  private static int headOfPlan(Utf8 plan) {
    int last = -1;
    for (int line = nextLine(plan, 0); line < plan.length(); line = nextLine(plan, line)) {
      if (isTopNode(plan, line)) {
        last = line;
        if (onlyPlanFrom(plan, nextLine(plan, line))) {
          return line;
        }
      }
    }
    return last;
  }

  private static boolean onlyPlanFrom(Utf8 plan, int from) {
    for (int line = from; line < plan.length(); line = nextLine(plan, line)) {
      if (plan.at(line) != ' ' && !isAfterNodes(plan, line)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isAfterNodes(Utf8 plan, int line) {
    for (byte[] beginning : AFTER_NODES) {
      if (plan.startsWith(beginning, line)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isTopNode(Utf8 plan, int line) {
    if (plan.at(line) == ' ' || plan.at(line) == '\n') {
      return false;
    }
    int end = endOfLine(plan, line);
    int cost = find(plan, COST, line, end);
    if (cost < 0) {
      return false;
    }
    int close = find(plan, CLOSE, cost, end);
    int at = close + 1;
    return close > 0
        && (at == end
            || plan.startsWith(NEVER, at)
            || (plan.startsWith(ACTUAL, at) && plan.at(end - 1) == ')'));
  }

  private static double rows(Utf8 plan, int head) {
    int end = endOfLine(plan, head);
    if (find(plan, NEVER, head, end) > 0) {
      return 0;
    }
    int actual = find(plan, ACTUAL, head, end);
    int rows = actual < 0 ? -1 : find(plan, ROWS, actual, end);
    int loops = actual < 0 ? -1 : find(plan, LOOPS, actual, end);
    Template.Match number = new Template.Match();
    if (rows < 0 || number.readMillis(plan, rows + ROWS.length) < 0) {
      return -1;
    }
    double perLoop = number.millis();
    boolean told = loops > 0 && number.readMillis(plan, loops + LOOPS.length) > 0;
    return told ? perLoop * number.millis() : perLoop;
  }

  private static long queryId(Utf8 plan, int head) {
    for (int line = head; line < plan.length(); line = nextLine(plan, line)) {
      if (plan.startsWith(QUERY_ID, line)) {
        return number(plan.part(line + QUERY_ID.length, endOfLine(plan, line)).toString());
      }
    }
    return 0;
  }

  private static long number(String text) {
    try {
      return Long.parseLong(text.strip());
    } catch (NumberFormatException noNumber) {
      return 0;
    }
  }

  /** PostgreSQL 16 and later put the parameters between the query's text and its plan. */
  private static Utf8 withoutParameters(Utf8 query) {
    for (int line = nextLine(query, 0); line < query.length(); line = nextLine(query, line)) {
      if (query.startsWith(PARAMETERS, line)
          && Parameters.logged(query.part(line + PARAMETERS.length)).isList()) {
        return SqlText.strip(query.part(0, line));
      }
    }
    return query;
  }

  private static int find(Utf8 text, byte[] wanted, int from, int to) {
    for (int at = from; at + wanted.length <= to; at++) {
      if (text.startsWith(wanted, at)) {
        return at;
      }
    }
    return -1;
  }

  private static int endOfLine(Utf8 text, int from) {
    int end = text.indexOf((byte) '\n', from);
    return end < 0 ? text.length() : end;
  }

  private static int nextLine(Utf8 text, int from) {
    int end = text.indexOf((byte) '\n', from);
    return end < 0 ? text.length() : end + 1;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(US_ASCII);
  }
}
