package dev.logdex.analyzer.postgres;

import dev.logdex.analyzer.plan.PlanFailure;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads errors of the server. Their messages may quote literals, so none is passed on. */
final class SqlErrors {
  /** SQLSTATE classes and codes that say nothing of the statement: connection, shutdown, memory. */
  private static final List<String> NOT_NOW =
      List.of("08", "57P0", "53", "58", "28", "3D", "25P03", "XX001", "XX002");

  /** A name as it stands in messages such as {@code relation "orders" does not exist}. */
  private static final Pattern NAME =
      Pattern.compile("(?:\"|column )([A-Za-z_][A-Za-z0-9_$.]{0,126})(?:\"| does)");

  /** A parameter as it stands in {@code could not determine data type of parameter $1}. */
  private static final Pattern PARAMETER = Pattern.compile("\\$\\d{1,5}");

  private static final String INDETERMINATE_TYPE = "42P18";

  private static final List<String> MISSING_OBJECT = List.of("42P01", "42703", "3F000");

  private SqlErrors() {}

  /** Whether the database cannot be used now, whatever the statement. */
  static boolean isUnavailable(SQLException error) {
    String state = error.getSQLState();
    return state == null || NOT_NOW.stream().anyMatch(state::startsWith);
  }

  /** Whether a lock was not to be had in time. */
  static boolean isLocked(SQLException error) {
    return PlanFailure.LOCK_NOT_AVAILABLE.equals(error.getSQLState());
  }

  /**
   * Why a statement was refused.
   *
   * @param parametersGuessed whether the statement has parameters without a declared type
   */
  static PlanFailure failure(SQLException error, boolean parametersGuessed) {
    String state = Objects.requireNonNullElse(error.getSQLState(), "XX000");
    return PlanFailure.of(state, name(error, state), parametersGuessed);
  }

  /** The condition for an operator's log: SQLSTATE, and never the message. */
  static String describe(SQLException error) {
    return "SQLSTATE " + Objects.requireNonNullElse(error.getSQLState(), "unknown");
  }

  private static @Nullable String name(SQLException error, String state) {
    if (state.equals(INDETERMINATE_TYPE)) {
      Matcher parameter = PARAMETER.matcher(Objects.requireNonNullElse(error.getMessage(), ""));
      return parameter.find() ? parameter.group() : null;
    }
    if (!MISSING_OBJECT.contains(state)) {
      return null;
    }
    Matcher name = NAME.matcher(Objects.requireNonNullElse(error.getMessage(), ""));
    return name.find() ? name.group(1) : null;
  }
}
