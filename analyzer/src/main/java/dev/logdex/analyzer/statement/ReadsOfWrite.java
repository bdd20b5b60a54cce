package dev.logdex.analyzer.statement;

import dev.logdex.sql.StatementKind;
import dev.logdex.sql.TokenKind;
import java.util.Optional;

/**
 * Writes a statement that changes rows as the query that finds them, for a role that may not plan
 * the change. Only where both read tables the same way: the rows' {@code ctid} is asked for, so
 * that the query has to visit the table as the change does. A parallel plan is possible for the
 * query alone.
 */
public final class ReadsOfWrite {
  private final Tokens tokens;

  private ReadsOfWrite(Tokens tokens) {
    this.tokens = tokens;
  }

  /** The query; empty when there is none that reads the same. */
  public static Optional<String> query(String text) {
    ReadsOfWrite reads = new ReadsOfWrite(new Tokens(text));
    return switch (StatementKind.of(text)) {
      case UPDATE -> reads.change("update", "set", "from");
      case DELETE -> reads.change("delete", "using", "using");
      case INSERT -> reads.insert();
      default -> Optional.empty();
    };
  }

  private Optional<String> change(String verb, String endsTarget, String joins) {
    int at = tokens.topLevel(0, verb);
    int target = afterWord(afterWord(at + 1, "from"), "only");
    if (at < 0 || !tokens.isName(target)) {
      return Optional.empty();
    }
    int end = clauseEnd(target, endsTarget, "where", "returning");
    int set = verb.equals("update") ? tokens.topLevel(end, "set") : end;
    int where = orEnd(tokens.topLevel(end, "where"));
    int returning = orEnd(tokens.topLevel(end, "returning"));
    int stop = Math.min(returning, tokens.size());
    where = Math.min(where, stop);
    int join = tokens.topLevel(end, joins);
    join = join < 0 || join > where ? where : join;
    if (set < 0 || selects(set, join) || tokens.isWord(where + 1, "current")) {
      return Optional.empty();
    }
    String from = join < where ? ", " + tokens.text(join + 1, where) : "";
    String condition = where < stop ? " " + tokens.text(where, stop) : "";
    return Optional.of(
        tokens.before(at)
            + "SELECT "
            + alias(target, end)
            + ".ctid FROM "
            + tokens.text(afterWord(at + 1, "from"), end)
            + from
            + condition);
  }

  private Optional<String> insert() {
    int at = tokens.topLevel(0, "insert");
    int from = tokens.afterName(afterWord(at + 1, "into"));
    for (int i = from; i < tokens.size(); i++) {
      boolean query =
          tokens.get(i).depth() == 0 && (tokens.isWord(i, "select") || tokens.isWord(i, "with"));
      if (query) {
        int end = Math.min(orEnd(conflict(i)), orEnd(tokens.topLevel(i, "returning")));
        return Optional.of(tokens.before(at) + tokens.text(i, end));
      }
      if (tokens.get(i).depth() == 0 && tokens.isWord(i, "values")) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  private int conflict(int from) {
    for (int i = from; i < tokens.size(); i++) {
      if (tokens.get(i).depth() == 0
          && tokens.isWord(i, "on")
          && tokens.isWord(i + 1, "conflict")) {
        return i;
      }
    }
    return -1;
  }

  /** What the target's columns are called by: its alias, else its name. */
  private String alias(int target, int end) {
    int after = tokens.afterName(target);
    after = tokens.is(after, TokenKind.OPERATOR) ? after + 1 : after; // t *
    after = afterWord(after, "as");
    return after < end && tokens.isName(after)
        ? tokens.get(after).text()
        : tokens.get(tokens.afterName(target) - 1).text();
  }

  private int afterWord(int index, String word) {
    return tokens.isWord(index, word) ? index + 1 : index;
  }

  private int clauseEnd(int from, String... words) {
    int end = tokens.size();
    for (String word : words) {
      end = Math.min(end, orEnd(tokens.topLevel(from, word)));
    }
    return end;
  }

  private int orEnd(int index) {
    return index < 0 ? tokens.size() : index;
  }

  /** Whether a query stands within: it reads tables that the SELECT would not. */
  private boolean selects(int from, int to) {
    for (int i = from; i < to; i++) {
      if (tokens.isWord(i, "select")) {
        return true;
      }
    }
    return false;
  }
}
