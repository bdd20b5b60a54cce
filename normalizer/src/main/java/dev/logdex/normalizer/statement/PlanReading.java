package dev.logdex.normalizer.statement;

import dev.logdex.normalizer.event.DeadLetterReason;
import dev.logdex.normalizer.text.Utf8;

/** What auto_explain wrote behind {@code plan:}, read or not. */
sealed interface PlanReading {
  /**
   * A plan that was read.
   *
   * @param statement the Query Text
   * @param plan without the query's text and parameters
   * @param rows that the top node returned in all its loops; -1 when the plan does not tell
   * @param queryId 0 when the plan does not tell
   */
  record Plan(Utf8 statement, LoggedPlan.Format format, Utf8 plan, double rows, long queryId)
      implements PlanReading {}

  /**
   * A plan that was not read.
   *
   * @param detail one sentence for a person
   */
  record Unread(DeadLetterReason reason, String detail) implements PlanReading {}

  /** Tells the formats apart by how each begins (explain.c). */
  static PlanReading read(Utf8 text) {
    Utf8 plan = SqlText.strip(text);
    if (plan.isEmpty()) {
      return new Unread(DeadLetterReason.TRUNCATED_STATEMENT, "the message ends before its plan");
    }
    if (plan.at(0) == '{') {
      return JsonPlan.read(plan);
    }
    if (plan.at(0) == '<') {
      return unsupported("XML");
    }
    if (!plan.startsWith(TextPlan.QUERY_TEXT)) {
      return unsupported("none that is known");
    }
    return TextPlan.isYaml(plan) ? unsupported("YAML") : TextPlan.read(plan);
  }

  private static Unread unsupported(String format) {
    return new Unread(
        DeadLetterReason.UNSUPPORTED_PLAN_FORMAT,
        "plans are read in the formats text and json; the format of these is "
            + format
            + "; set auto_explain.log_format (told once per source)");
  }
}
