package dev.logdex.analyzer.plan;

import static java.util.Objects.requireNonNull;

import dev.logdex.analyzer.event.UnplannedReason;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Why Postgres made no plan, told without the server's message, since that may quote literals.
 *
 * @param objectName a name that the server put in double quotes in its message; a guess at what is
 *     missing, to be shown only where it is known to be no literal
 * @param mayPass whether trying again later makes sense
 */
public record PlanFailure(
    UnplannedReason reason, String sqlState, @Nullable String objectName, boolean mayPass) {
  /** SQLSTATE of a lock timeout. */
  public static final String LOCK_NOT_AVAILABLE = "55P03";

  /** SQLSTATEs by what they mean for a statement that ran elsewhere. */
  private static final Map<String, UnplannedReason> REASONS =
      Map.ofEntries(
          Map.entry("42601", UnplannedReason.SYNTAX_ERROR),
          Map.entry("42P01", UnplannedReason.UNKNOWN_OBJECT),
          Map.entry("42703", UnplannedReason.UNKNOWN_OBJECT),
          Map.entry("42883", UnplannedReason.UNKNOWN_OBJECT),
          Map.entry("42704", UnplannedReason.UNKNOWN_OBJECT),
          Map.entry("42P02", UnplannedReason.UNKNOWN_PARAMETER_TYPE),
          Map.entry("3F000", UnplannedReason.UNKNOWN_OBJECT),
          Map.entry("42501", UnplannedReason.PERMISSION_DENIED),
          Map.entry("42P18", UnplannedReason.UNKNOWN_PARAMETER_TYPE),
          Map.entry("57014", UnplannedReason.PLAN_TIMEOUT),
          Map.entry(LOCK_NOT_AVAILABLE, UnplannedReason.PLAN_TIMEOUT));

  /** SQLSTATEs in words for a person. */
  private static final Map<String, String> CONDITIONS =
      Map.ofEntries(
          Map.entry("42601", "it is no SQL to this version of Postgres"),
          Map.entry("42P01", "a table is not there"),
          Map.entry("42703", "a column is not there"),
          Map.entry("42883", "a function or operator is not there"),
          Map.entry("42704", "an object is not there"),
          Map.entry("3F000", "a schema is not there"),
          Map.entry("42501", "the analysis role has no right to it"),
          Map.entry("42P18", "the type of a parameter cannot be told"),
          Map.entry("42P02", "a parameter has no value"),
          Map.entry("42725", "the types of parameters leave open which function is meant"),
          Map.entry("22P02", "a value does not fit its type"),
          Map.entry("22007", "a value is no date or time"),
          Map.entry("22008", "a date or time is out of range"),
          Map.entry("22003", "a number is out of range"),
          Map.entry("42P17", "an expression in it gives other values at other times"),
          Map.entry("54000", "an entry of it would be too wide"),
          Map.entry("53200", "planning took more memory than there is, time and again"),
          Map.entry("54001", "it is nested deeper than the server's stack"),
          Map.entry("08006", "the connection broke as it was planned, time and again"),
          Map.entry("08S01", "its plan is too large to be read"),
          Map.entry("57014", "planning took longer than the statement timeout"),
          Map.entry(LOCK_NOT_AVAILABLE, "a lock was not to be had within the lock timeout"));

  public PlanFailure {
    requireNonNull(reason, "reason");
    requireNonNull(sqlState, "sqlState");
  }

  /**
   * Reads an error.
   *
   * @param parametersGuessed whether the statement's parameters had no declared types, so that a
   *     wrong type is Logdex's ignorance and not the statement's fault
   */
  public static PlanFailure of(
      String sqlState, @Nullable String objectName, boolean parametersGuessed) {
    UnplannedReason reason = REASONS.getOrDefault(sqlState, UnplannedReason.PLAN_FAILED);
    if (parametersGuessed && (sqlState.startsWith("22") || sqlState.equals("42725"))) {
      reason = UnplannedReason.UNKNOWN_PARAMETER_TYPE;
    }
    boolean mayPass = sqlState.equals(LOCK_NOT_AVAILABLE) || sqlState.startsWith("40");
    return new PlanFailure(reason, sqlState, objectName, mayPass);
  }

  /** The condition in words, with its SQLSTATE; no literal in it. */
  public String sentence() {
    String condition = CONDITIONS.getOrDefault(sqlState, "planning failed");
    return "Postgres: " + condition + " (SQLSTATE " + sqlState + ")";
  }
}
