package dev.logdex.analyzer.postgres;

import dev.logdex.sql.PlannableStatement;
import java.util.ArrayList;
import java.util.List;

/** Puts statements together that are planned in one round trip. */
final class TogetherText {
  private static final int MOST_STATEMENTS = 16;

  /** So that server and driver do not wait for each other with full buffers. */
  private static final int MOST_CHARACTERS = 32_768;

  private static final String GENERIC = "SET LOCAL plan_cache_mode = force_generic_plan";

  private TogetherText() {}

  /**
   * The statements in order, as many together as one round trip may have, and only those that look
   * names up in the same schemas and are planned under the same settings.
   */
  static List<List<PlannableStatement>> batches(List<PlannableStatement> statements) {
    List<List<PlannableStatement>> batches = new ArrayList<>();
    List<PlannableStatement> batch = new ArrayList<>();
    int characters = 0;
    for (PlannableStatement statement : statements) {
      characters += statement.sql().length();
      boolean other = !batch.isEmpty() && differ(batch.get(0), statement);
      boolean full = !batch.isEmpty() && characters > MOST_CHARACTERS;
      if (batch.size() == MOST_STATEMENTS || full || other) {
        batches.add(batch);
        batch = new ArrayList<>();
        characters = statement.sql().length();
      }
      batch.add(statement);
    }
    if (!batch.isEmpty()) {
      batches.add(batch);
    }
    return batches;
  }

  private static boolean differ(PlannableStatement one, PlannableStatement other) {
    return !one.searchPath().equals(other.searchPath()) || one.isUncached() != other.isUncached();
  }

  /** What plans them; exactly one text for each of them answers with rows. */
  static List<String> explain(List<PlannableStatement> statements) {
    List<String> texts = new ArrayList<>();
    for (PlannableStatement statement : statements) {
      if (statement.parameterCount() == 0) {
        texts.add(ExplainText.explain(statement));
      } else {
        texts.add(GENERIC);
        texts.add(ExplainText.prepare(statement));
        texts.add(ExplainText.explainPrepared(statement.parameterCount()));
        texts.add(ExplainText.deallocate());
      }
    }
    return texts;
  }
}
