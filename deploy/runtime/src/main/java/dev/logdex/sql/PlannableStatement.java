package dev.logdex.sql;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A statement out of a log, written anew so that it can stand behind {@code EXPLAIN (…) }: one
 * statement that Postgres can plan, and nothing a driver or server could take for a second one.
 * Having an instance is the proof; there is no other way to one than {@link #of} and {@link
 * #generic}.
 *
 * <p>The text holds no semicolon, brace, comment, dollar quote, line end or other control character
 * at all, not even in a constant or name, where they are written as escapes. Between any two tokens
 * stands exactly one blank, so none can merge. It means what the logged text means under {@code
 * standard_conforming_strings = on}.
 */
public final class PlannableStatement {
  private final String sql;
  private final StatementKind kind;
  private final int parameterCount;
  private final String searchPath;
  private final boolean uncached;

  PlannableStatement(String sql, StatementKind kind, int parameterCount) {
    this(sql, kind, parameterCount, "", false);
  }

  private PlannableStatement(
      String sql, StatementKind kind, int parameterCount, String searchPath, boolean uncached) {
    this.sql = sql;
    this.kind = kind;
    this.parameterCount = parameterCount;
    this.searchPath = searchPath;
    this.uncached = uncached;
  }

  /**
   * Writes one statement with its parameters as quoted constants of no type, as if they had been
   * sent in text form without a type.
   *
   * @param text one statement; semicolons after it do not matter
   * @param parameters values of {@code $1…}; null for SQL's NULL; may be more than are used
   */
  public static Result of(String text, List<@Nullable String> parameters) {
    return new PlannableWriter(text, parameters).write();
  }

  /** Writes one statement and keeps its {@code $n}, for a generic plan. */
  public static Result generic(String text) {
    return new PlannableWriter(text, null).write();
  }

  /** The text to put behind {@code EXPLAIN (…) }. Holds literals: private data. */
  public String sql() {
    return sql;
  }

  /** One of the plannable kinds. */
  public StatementKind kind() {
    return kind;
  }

  /** The highest {@code $n} that is left in the text; 0 when there is none. */
  public int parameterCount() {
    return parameterCount;
  }

  /** The same statement with its names looked up in certain schemas. */
  public PlannableStatement in(String schemas) {
    return new PlannableStatement(sql, kind, parameterCount, schemas, uncached);
  }

  /** The same statement, to be planned as if hardly a page were cached. */
  public PlannableStatement uncached() {
    return new PlannableStatement(sql, kind, parameterCount, searchPath, true);
  }

  /** Whether it is to be planned as if hardly a page were cached. */
  public boolean isUncached() {
    return uncached;
  }

  /**
   * The value of the setting search_path under which the statement means what it says; empty for
   * the one that the database has.
   */
  public String searchPath() {
    return searchPath;
  }

  /** The same for statements that mean the same and are planned alike. Holds literals: private. */
  public String identity() {
    String planned = uncached ? "uncached\n" + sql : sql;
    return searchPath.isEmpty() ? planned : searchPath + '\n' + planned;
  }

  /** Names no part of the text, which is private. */
  @Override
  public String toString() {
    return "PlannableStatement[" + kind + ", " + sql.length() + " characters]";
  }

  /** Why a text is not handed to a server. */
  public enum Refusal {
    /** Nothing but white space, comments and semicolons. */
    EMPTY,
    /** Something follows a semicolon. */
    SEVERAL_STATEMENTS,
    /** Does not begin with SELECT, WITH, VALUES, TABLE, INSERT, UPDATE, DELETE or MERGE. */
    NOT_A_QUERY,
    /** Ends within a constant, a quoted name or a comment. */
    UNTERMINATED,
    /** Has a {@code $n} for which there is no value. */
    PARAMETER_MISSING,
    /** Has something that Postgres's scanner refuses: a wrong escape, or a stray character. */
    MALFORMED
  }

  /** A statement or the reason why there is none. */
  public sealed interface Result {
    Optional<PlannableStatement> statement();

    Optional<Refusal> refusal();
  }

  /** The text can be planned. */
  public record Accepted(PlannableStatement value) implements Result {
    public Accepted {
      requireNonNull(value, "value");
    }

    @Override
    public Optional<PlannableStatement> statement() {
      return Optional.of(value);
    }

    @Override
    public Optional<Refusal> refusal() {
      return Optional.empty();
    }
  }

  /** The text must not reach a server. */
  public record Refused(Refusal reason) implements Result {
    public Refused {
      requireNonNull(reason, "reason");
    }

    @Override
    public Optional<PlannableStatement> statement() {
      return Optional.empty();
    }

    @Override
    public Optional<Refusal> refusal() {
      return Optional.of(reason);
    }
  }
}
