package dev.logdex.sql;

import java.util.HashMap;
import java.util.Map;

/** What a statement does, told by its first word. */
public enum StatementKind {
  /** SELECT, VALUES or TABLE, also behind WITH. */
  SELECT,
  INSERT,
  UPDATE,
  DELETE,
  MERGE,
  /** BEGIN, COMMIT, SAVEPOINT and the like. */
  TRANSACTION,
  /** SET, SHOW, RESET, DISCARD, LISTEN, LOCK and others that concern the session. */
  SESSION,
  /** DECLARE, FETCH, MOVE and CLOSE. */
  CURSOR,
  /** PREPARE, EXECUTE and DEALLOCATE as statements. */
  PREPARED,
  COPY,
  EXPLAIN,
  /** CALL and DO: what runs is inside. */
  PROCEDURE,
  /** VACUUM, ANALYZE, REINDEX and other upkeep. */
  MAINTENANCE,
  /** Whatever defines or alters objects, roles and rights. */
  DEFINITION,
  /** The first word begins no statement of Postgres. */
  UNKNOWN,
  /** Nothing but white space, comments and semicolons. */
  EMPTY;

  private static final Map<String, StatementKind> BY_FIRST_WORD = byFirstWord();

  private static Map<String, StatementKind> byFirstWord() {
    Map<String, StatementKind> kinds = new HashMap<>();
    SELECT.startsWith(kinds, "select", "values", "table");
    INSERT.startsWith(kinds, "insert");
    UPDATE.startsWith(kinds, "update");
    DELETE.startsWith(kinds, "delete");
    MERGE.startsWith(kinds, "merge");
    TRANSACTION.startsWith(
        kinds, "begin", "start", "commit", "end", "rollback", "abort", "savepoint", "release");
    SESSION.startsWith(
        kinds, "set", "show", "reset", "discard", "listen", "unlisten", "notify", "lock", "load");
    CURSOR.startsWith(kinds, "declare", "fetch", "move", "close");
    PREPARED.startsWith(kinds, "prepare", "execute", "deallocate");
    COPY.startsWith(kinds, "copy");
    EXPLAIN.startsWith(kinds, "explain");
    PROCEDURE.startsWith(kinds, "call", "do");
    MAINTENANCE.startsWith(
        kinds,
        "vacuum",
        "analyze",
        "analyse",
        "reindex",
        "cluster",
        "repack",
        "checkpoint",
        "refresh");
    DEFINITION.startsWith(
        kinds,
        "create",
        "alter",
        "drop",
        "truncate",
        "comment",
        "grant",
        "revoke",
        "reassign",
        "security",
        "import");
    return kinds;
  }

  private void startsWith(Map<String, StatementKind> kinds, String... words) {
    for (String word : words) {
      kinds.put(word, this);
    }
  }

  /** The kind of the first statement of a text. */
  public static StatementKind of(String text) {
    SqlLexer lexer = new SqlLexer();
    lexer.reset(text);
    return of(lexer);
  }

  /**
   * The kind of the statement that starts at a lexer's next token; semicolons and parentheses
   * before it are passed over. Moves the lexer.
   */
  public static StatementKind of(SqlLexer lexer) {
    boolean any = false;
    while (lexer.nextNotComment()) {
      switch (lexer.kind()) {
        case SEMICOLON -> {}
        case OPEN_PAREN -> any = true;
        case IDENTIFIER -> {
          return lexer.isWord("with") ? afterWith(lexer) : ofWord(lexer);
        }
        default -> {
          return UNKNOWN;
        }
      }
    }
    return any ? UNKNOWN : EMPTY;
  }

  /**
   * The verb after the list of common table expressions: outside of their parentheses, and not one
   * of their names.
   */
  private static StatementKind afterWith(SqlLexer lexer) {
    int depth = 0;
    boolean nameFollows = true;
    while (lexer.nextNotComment()) {
      switch (lexer.kind()) {
        case OPEN_PAREN -> depth++;
        case CLOSE_PAREN -> depth--;
        case COMMA -> nameFollows = true;
        default -> {
          StatementKind kind = nameFollows || depth > 0 ? UNKNOWN : plannableAt(lexer);
          if (kind != UNKNOWN) {
            return kind;
          }
          nameFollows = depth == 0 && nameFollows && lexer.isWord("recursive");
        }
      }
    }
    return UNKNOWN;
  }

  private static StatementKind plannableAt(SqlLexer lexer) {
    if (lexer.kind() != TokenKind.IDENTIFIER) {
      return UNKNOWN;
    }
    StatementKind kind = ofWord(lexer);
    return kind.isPlannable() ? kind : UNKNOWN;
  }

  private static StatementKind ofWord(SqlLexer lexer) {
    return lexer.value().map(BY_FIRST_WORD::get).orElse(UNKNOWN);
  }

  /** Whether Postgres makes a plan for it, so that EXPLAIN takes it and an index could serve it. */
  public boolean isPlannable() {
    return switch (this) {
      case SELECT, INSERT, UPDATE, DELETE, MERGE -> true;
      default -> false;
    };
  }
}
