package dev.logdex.analyzer.statement;

import dev.logdex.sql.TokenKind;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * A table that a statement writes to, by its text.
 *
 * @param operation as EXPLAIN says it, or {@code Copy}
 * @param sql the table's name as the statement has it, with schema and quotes
 * @param name the last part of it as the catalog spells it
 * @param setColumns those that get a new value in existing rows, sorted
 */
public record WrittenTable(String operation, String sql, String name, List<String> setColumns) {
  public WrittenTable {
    setColumns = List.copyOf(setColumns);
  }

  /** The tables that a statement writes to, those of WITH queries too, in the text's order. */
  public static List<WrittenTable> of(String text) {
    Tokens tokens = new Tokens(text);
    List<WrittenTable> written = new ArrayList<>();
    for (int i = 0; i < tokens.size(); i++) {
      int target = target(tokens, i);
      if (target >= 0) {
        int end = tokens.afterName(target);
        written.add(
            new WrittenTable(
                operation(tokens, i),
                tokens.text(target, end),
                tokens.get(end - 1).name(),
                List.copyOf(setColumns(tokens, end, tokens.get(i).depth()))));
      }
    }
    return written;
  }

  /** Where the name of the table stands that a verb there writes to; -1 when it is none. */
  private static int target(Tokens tokens, int i) {
    int target = -1;
    if (!begins(tokens, i)) {
      return -1;
    }
    if (tokens.isWord(i, "update")) {
      target = i + 1;
    } else if ((tokens.isWord(i, "insert") || tokens.isWord(i, "merge"))
        && tokens.isWord(i + 1, "into")) {
      target = i + 2;
    } else if (tokens.isWord(i, "delete") && tokens.isWord(i + 1, "from")) {
      target = i + 2;
    } else if (tokens.isWord(i, "copy") && copiesIn(tokens, i)) {
      target = tokens.isWord(i + 1, "binary") ? i + 2 : i + 1;
    }
    target = tokens.isWord(target, "only") ? target + 1 : target;
    return tokens.isName(target) ? target : -1;
  }

  /** A verb begins a text, what stands in parentheses, or what follows the list of WITH. */
  private static boolean begins(Tokens tokens, int i) {
    return i == 0
        || tokens.is(i - 1, TokenKind.SEMICOLON)
        || tokens.is(i - 1, TokenKind.OPEN_PAREN)
        || tokens.is(i - 1, TokenKind.CLOSE_PAREN);
  }

  private static boolean copiesIn(Tokens tokens, int copy) {
    int end = tokens.afterName(tokens.isWord(copy + 1, "binary") ? copy + 2 : copy + 1);
    int from = tokens.topLevel(end, "from");
    int to = tokens.topLevel(end, "to");
    return from >= 0 && (to < 0 || from < to);
  }

  private static String operation(Tokens tokens, int verb) {
    String word = tokens.get(verb).name();
    return Character.toUpperCase(word.charAt(0)) + word.substring(1);
  }

  /** The columns behind every SET of this depth until the statement ends. */
  private static TreeSet<String> setColumns(Tokens tokens, int from, int depth) {
    TreeSet<String> columns = new TreeSet<>();
    boolean inSet = false;
    boolean target = false;
    int cases = 0; // CASE has words of its own
    for (int i = from; i < tokens.size(); i++) {
      Tokens.Token token = tokens.get(i);
      if (token.depth() < depth || token.kind() == TokenKind.SEMICOLON) {
        break;
      }
      cases += token.isWord("case") ? 1 : token.isWord("end") && cases > 0 ? -1 : 0;
      if (token.depth() == depth && token.isWord("set") && !inSet) {
        inSet = true;
        target = true;
      } else if (inSet && cases == 0 && token.depth() == depth && endsSet(token)) {
        inSet = false;
        target = false;
      } else if (target && token.kind() == TokenKind.OPERATOR && token.depth() == depth) {
        target = false;
      } else if (inSet && token.kind() == TokenKind.COMMA && token.depth() == depth) {
        target = true;
      } else if (target && token.isName() && startsTarget(tokens, i, depth)) {
        columns.add(token.name());
      }
    }
    return columns;
  }

  private static boolean endsSet(Tokens.Token token) {
    return token.isWord("where")
        || token.isWord("from")
        || token.isWord("returning")
        || token.isWord("when");
  }

  /** {@code a = …}, {@code a[1] = …}, {@code a.field = …}, {@code (a, b) = …}. */
  private static boolean startsTarget(Tokens tokens, int i, int depth) {
    boolean first =
        tokens.isWord(i - 1, "set")
            || tokens.is(i - 1, TokenKind.COMMA)
            || tokens.is(i - 1, TokenKind.OPEN_PAREN);
    return first && tokens.get(i).depth() <= depth + 1;
  }
}
