package dev.logdex.analyzer.whatif;

import dev.logdex.analyzer.event.UnplannedReason;
import dev.logdex.analyzer.plan.PlanFailure;
import dev.logdex.analyzer.plan.Planned;
import dev.logdex.analyzer.statement.ParameterCasts;
import dev.logdex.analyzer.statement.ReadsOfWrite;
import dev.logdex.sql.PlannableStatement;
import dev.logdex.sql.PlannableStatement.Refusal;
import dev.logdex.sql.PlannableStatement.Result;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Plans one query: as it stands and, where Postgres refuses that, rewritten so that it means the
 * same. Types of parameters that a driver had told are put back; a change that the role may not
 * plan becomes the query that finds its rows.
 */
final class TextPlanner {
  private static final String SYNTAX_ERROR = "42601";
  private static final String INDETERMINATE_TYPE = "42P18";

  /** SQLSTATEs that a missing or wrong type of a parameter can have. */
  private static final Set<String> TYPE_TROUBLE =
      Set.of(INDETERMINATE_TYPE, "42P08", "42725", "42883", "42804", "42846", "42P02");

  /** What the operands of arithmetic may be where nothing tells; the server takes or refuses it. */
  private static final List<List<String>> OPERAND_TYPES =
      List.of(List.of("integer"), List.of("numeric"), List.of("timestamptz", "interval"));

  private static final int MOST_CASTS = 8;

  private final Plans plans;

  TextPlanner(Plans plans) {
    this.plans = plans;
  }

  /** Plans a text with the values of its parameters, or generically when some have none. */
  Attempt plan(String text, List<@Nullable String> parameters, long calls, String searchPath) {
    Result result = PlannableStatement.of(text, parameters);
    if (result.refusal().filter(Refusal.PARAMETER_MISSING::equals).isPresent()) {
      return generic(text, calls, searchPath);
    }
    Attempt attempt = attempt(result, calls, searchPath);
    if (attempt.failure() != null && !parameters.isEmpty()) {
      // a type may be plain from the value's form, or from the parameter's place but not the text's
      attempt = retyped(attempt, text, parameters, calls, searchPath);
    }
    return attempt.failure() == null
        ? attempt
        : readingOnly(attempt, text, query -> attempt(query, parameters, calls, searchPath));
  }

  /** Plans a text without values: whatever they are, the plan is the same. */
  Attempt generic(String text, long calls, String searchPath) {
    Attempt attempt = repaired(text, calls, searchPath);
    return attempt.failure() == null
        ? attempt
        : readingOnly(attempt, text, query -> repaired(query, calls, searchPath));
  }

  private Attempt attempt(
      String text, List<@Nullable String> parameters, long calls, String searchPath) {
    return attempt(PlannableStatement.of(text, parameters), calls, searchPath);
  }

  private Attempt retyped(
      Attempt attempt,
      String text,
      List<@Nullable String> parameters,
      long calls,
      String searchPath) {
    Attempt cast =
        TYPE_TROUBLE.contains(sqlState(attempt))
            ? attempt(ParameterCasts.castByValues(text, parameters), parameters, calls, searchPath)
            : attempt;
    return cast.succeeded() ? cast : attempt.or(repaired(text, calls, searchPath));
  }

  private static String sqlState(Attempt attempt) {
    PlanFailure failure = attempt.failure();
    return failure == null ? "" : failure.sqlState();
  }

  private interface Retry {
    Attempt plan(String query);
  }

  private static Attempt readingOnly(Attempt attempt, String text, Retry retry) {
    PlanFailure failure = attempt.failure();
    return failure == null || failure.reason() != UnplannedReason.PERMISSION_DENIED
        ? attempt
        : ReadsOfWrite.query(text).map(retry::plan).map(attempt::or).orElse(attempt);
  }

  private Attempt repaired(String text, long calls, String searchPath) {
    Attempt first = attempt(PlannableStatement.generic(text), calls, searchPath);
    if (first.failedWith(SYNTAX_ERROR)) {
      String typed = ParameterCasts.afterTypes(text);
      return typed.equals(text) ? first : first.or(repaired(typed, calls, searchPath));
    }
    if (!TYPE_TROUBLE.contains(sqlState(first))) {
      return first;
    }
    String apart = ParameterCasts.apart(text);
    Attempt cast = undetermined(apart, calls, searchPath);
    for (int i = 0; i < OPERAND_TYPES.size() && !cast.succeeded(); i++) {
      String operands = ParameterCasts.castOperands(apart, OPERAND_TYPES.get(i));
      cast = operands.equals(apart) ? cast : cast.or(undetermined(operands, calls, searchPath));
    }
    return first.or(cast);
  }

  /** Casts what the server cannot tell the type of to text, one parameter after the other. */
  private Attempt undetermined(String text, long calls, String searchPath) {
    String casts = text;
    Attempt attempt = attempt(PlannableStatement.generic(casts), calls, searchPath);
    for (int i = 0; i < MOST_CASTS && attempt.failedWith(INDETERMINATE_TYPE); i++) {
      String parameter = Objects.requireNonNull(attempt.failure()).objectName();
      if (parameter == null) {
        return attempt;
      }
      casts = ParameterCasts.cast(casts, parameter, "text");
      attempt = attempt(PlannableStatement.generic(casts), calls, searchPath);
    }
    return attempt;
  }

  private Attempt attempt(Result result, long calls, String searchPath) {
    if (result.statement().isEmpty()) {
      return new Attempt(calls, null, null, null, null, result.refusal().orElseThrow());
    }
    PlannableStatement statement = result.statement().get().in(searchPath);
    Planned planned = plans.today(statement);
    return new Attempt(
        calls,
        statement,
        planned.plan().orElse(null),
        planned.queryId().orElse(null),
        planned.failure().orElse(null),
        null);
  }
}
