package dev.logdex.analyzer.whatif;

import dev.logdex.analyzer.event.UnplannedReason;
import dev.logdex.analyzer.plan.PlanFailure;
import dev.logdex.normalizer.event.DeadLetterReason;
import dev.logdex.sql.PlannableStatement.Refusal;
import dev.logdex.sql.SqlLexer;
import dev.logdex.sql.StatementKind;
import dev.logdex.sql.TokenKind;

/** Says why a query has no plan: in the words of events, and without its literals. */
final class Refusals {
  private Refusals() {}

  /** What a text is that EXPLAIN would not take. */
  static UnplannedPart of(StatementKind kind, boolean amongOthers) {
    return switch (kind) {
      case EMPTY -> of(Refusal.EMPTY);
      case UNKNOWN -> of(Refusal.NOT_A_QUERY);
      case TRANSACTION, SESSION -> utility(kind, false);
      default -> utility(kind, amongOthers);
    };
  }

  /**
   * Statements such as DROP are an everyday thing by themselves. Behind another statement in one
   * text they are what an injection looks like.
   */
  private static UnplannedPart utility(StatementKind kind, boolean suspicious) {
    String detail = "Not a query but " + kind + ": there is nothing to plan.";
    return new UnplannedPart(
        UnplannedReason.UTILITY, suspicious ? DeadLetterReason.NOT_PLANNABLE : null, detail);
  }

  /** Why a text is not handed to a server. */
  static UnplannedPart of(Refusal refusal) {
    return switch (refusal) {
      case EMPTY -> new UnplannedPart(UnplannedReason.UTILITY, null, "The statement is empty.");
      case UNTERMINATED ->
          refused(
              DeadLetterReason.TRUNCATED_STATEMENT,
              "The statement ends within a constant, a quoted name or a comment.");
      case SEVERAL_STATEMENTS ->
          refused(DeadLetterReason.NOT_PLANNABLE, "The text is more than one statement.");
      case NOT_A_QUERY ->
          new UnplannedPart(
              UnplannedReason.SYNTAX_ERROR,
              DeadLetterReason.SYNTAX_ERROR,
              "The text begins with no word that a statement begins with.");
      case PARAMETER_MISSING ->
          new UnplannedPart(
              UnplannedReason.UNKNOWN_PARAMETER_TYPE,
              DeadLetterReason.UNKNOWN_PARAMETER_TYPE,
              "A parameter has no value in the log.");
      case MALFORMED ->
          new UnplannedPart(
              UnplannedReason.SYNTAX_ERROR,
              DeadLetterReason.SYNTAX_ERROR,
              "The text has a wrong escape or a stray character.");
    };
  }

  private static UnplannedPart refused(DeadLetterReason reason, String detail) {
    return new UnplannedPart(UnplannedReason.REFUSED, reason, detail);
  }

  /**
   * Why Postgres made no plan.
   *
   * @param text the normalized statement
   */
  static UnplannedPart of(PlanFailure failure, String text) {
    String name = failure.objectName();
    String missing = name != null && isName(name, text) ? ": " + name : "";
    return new UnplannedPart(
        failure.reason(), deadLetter(failure.reason()), failure.sentence() + missing + ".");
  }

  private static DeadLetterReason deadLetter(UnplannedReason reason) {
    return switch (reason) {
      case SYNTAX_ERROR -> DeadLetterReason.SYNTAX_ERROR;
      case UNKNOWN_OBJECT -> DeadLetterReason.UNKNOWN_OBJECT;
      case PERMISSION_DENIED -> DeadLetterReason.PERMISSION_DENIED;
      case UNKNOWN_PARAMETER_TYPE -> DeadLetterReason.UNKNOWN_PARAMETER_TYPE;
      case PLAN_TIMEOUT -> DeadLetterReason.PLAN_TIMEOUT;
      case DATABASE_NOT_MAPPED -> DeadLetterReason.DATABASE_NOT_MAPPED;
      case PLAN_FAILED, NO_TABLE, UTILITY, REFUSED, BELOW_FILTER -> DeadLetterReason.PLAN_FAILED;
    };
  }

  /**
   * Whether the normalized statement has the name without quotes. What stands in double quotes may
   * be a value that somebody quoted wrongly.
   */
  private static boolean isName(String name, String text) {
    SqlLexer lexer = new SqlLexer();
    lexer.reset(text);
    int last = name.lastIndexOf('.') + 1;
    while (lexer.nextNotComment()) {
      if (lexer.kind() == TokenKind.IDENTIFIER
          && lexer.value().filter(name.substring(last)::equals).isPresent()) {
        return true;
      }
    }
    return false;
  }
}
