package dev.logdex.sql;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes a text apart at the semicolons between its statements, as the server does with what comes
 * as one simple-protocol message.
 */
public final class StatementSplitter {
  private StatementSplitter() {}

  /**
   * The statements, each from its first to its last token: without the semicolon, and without the
   * comments before and after. A semicolon in parentheses belongs to a CREATE RULE and separates
   * nothing; the bodies of {@code BEGIN ATOMIC} functions are not recognised and fall apart. Empty
   * statements are left out.
   */
  public static List<String> split(String text) {
    List<String> statements = new ArrayList<>();
    SqlLexer lexer = new SqlLexer();
    lexer.reset(text);
    int depth = 0;
    int from = -1;
    int to = -1;
    while (lexer.nextNotComment()) {
      if (lexer.kind() == TokenKind.SEMICOLON && depth == 0) {
        add(statements, lexer.bytes(), from, to);
        from = -1;
        continue;
      }
      depth = depthAfter(lexer.kind(), depth);
      from = from < 0 ? lexer.start() : from;
      to = lexer.end();
    }
    add(statements, lexer.bytes(), from, to);
    return statements;
  }

  private static int depthAfter(TokenKind kind, int depth) {
    return switch (kind) {
      case OPEN_PAREN -> depth + 1;
      case CLOSE_PAREN -> Math.max(0, depth - 1);
      default -> depth;
    };
  }

  private static void add(List<String> statements, byte[] utf8, int from, int to) {
    if (from >= 0) {
      statements.add(new String(utf8, from, to - from, StandardCharsets.UTF_8));
    }
  }
}
