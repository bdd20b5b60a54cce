package dev.logdex.normalizer;

import dev.logdex.normalizer.JsonTruth.Counted;
import dev.logdex.normalizer.JsonTruth.Run;
import dev.logdex.normalizer.JsonTruth.StatementId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Compares the executions in a log with the calls in pg_stat_statements, statement by statement as
 * the server identifies them, and sorts what differs into the reasons why it has to.
 */
final class CallDifferences {
  /** Why log and statistics differ. */
  enum Reason {
    /** A message of several statements is one execution in the log. */
    SEVERAL_IN_ONE_MESSAGE,
    /** What ran before the statement that failed in the same message is not logged. */
    BEFORE_ONE_THAT_FAILED,
    /** PREPARE and DEALLOCATE are logged; pg_stat_statements leaves them out on purpose. */
    PREPARE_OR_DEALLOCATE,
    /** A utility statement that was prepared by name has no query id after its first run. */
    UTILITY_RUN_AGAIN
  }

  private final Map<Reason, Long> explained = new EnumMap<>(Reason.class);
  private final Map<StatementId, Long> surplus = new HashMap<>();
  private final Map<StatementId, String> texts = new HashMap<>();

  CallDifferences(JsonTruth truth, List<Counted> counted) {
    for (Run run : truth.runsSinceReset()) {
      texts.put(run.id(), run.statement());
      if (run.logged().matches("(?s)(PREPARE|DEALLOCATE) .*")) {
        explain(Reason.PREPARE_OR_DEALLOCATE, 1);
      } else if (run.id().queryId() == 0
          && run.logged().matches("(?i)(BEGIN|START|COMMIT|END|ROLLBACK)\\b.*")) {
        explain(Reason.UTILITY_RUN_AGAIN, 1);
      } else {
        surplus.merge(run.id(), 1L, Long::sum);
      }
    }
    for (Counted row : counted) {
      texts.put(row.id(), row.query());
      surplus.merge(row.id(), -row.calls(), Long::sum);
    }
    AwkwardApplication.beforeTheLast()
        .values()
        .forEach(marks -> explain(Reason.SEVERAL_IN_ONE_MESSAGE, marks, counted));
    AwkwardApplication.beforeTheFailing()
        .values()
        .forEach(marks -> explain(Reason.BEFORE_ONE_THAT_FAILED, marks, counted));
  }

  private void explain(Reason reason, List<String> marks, List<Counted> counted) {
    for (String mark : marks) {
      for (Counted row : counted) {
        if ((row.query() + " ").matches("(?s).*\\b" + mark + "\\b.*")) {
          surplus.merge(row.id(), 1L, Long::sum);
          explain(reason, 1);
        }
      }
    }
  }

  private void explain(Reason reason, long calls) {
    explained.merge(reason, calls, Long::sum);
  }

  Map<Reason, Long> explained() {
    return explained;
  }

  /** Executions more (or fewer, negative) than calls, by statement. */
  List<String> unexplained() {
    Map<String, Long> left = new TreeMap<>();
    surplus.forEach((id, count) -> left.put(id + " " + texts.get(id), count));
    left.values().removeIf(count -> count == 0);
    List<String> lines = new ArrayList<>();
    left.forEach((statement, count) -> lines.add(count + " " + statement));
    return lines;
  }
}
