package dev.logdex.analyzer.plan;

import dev.logdex.sql.SqlLexer;
import dev.logdex.sql.TokenKind;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/**
 * Writes a plan's conditions without a literal: each constant becomes {@code $n}, counted from the
 * left. What only looks like a constant stays: the numbers of subplans and of types.
 */
public final class ConditionText {
  private static final Set<String> NUMBERED = Set.of("subplan", "initplan");
  private static final int MOST_CHARACTERS = 1000;

  private final SqlLexer lexer = new SqlLexer();
  private final StringBuilder out = new StringBuilder();
  private int constants;
  private int copied;
  private String word = "";
  private int typeDepth = -1;
  private int depth;

  private ConditionText() {}

  /** The condition as anybody may read it; a long one is cut. */
  public static String withoutConstants(String condition) {
    String text = new ConditionText().write(condition);
    return text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS) + " …";
  }

  private String write(String condition) {
    lexer.reset(condition);
    boolean afterCast = false;
    while (lexer.next()) {
      TokenKind kind = lexer.kind();
      boolean name = kind == TokenKind.IDENTIFIER || kind == TokenKind.QUOTED_IDENTIFIER;
      depth += kind == TokenKind.OPEN_PAREN ? 1 : kind == TokenKind.CLOSE_PAREN ? -1 : 0;
      if (kind == TokenKind.OPEN_PAREN && afterCast) {
        typeDepth = depth; // numeric(10,2)
      } else if (depth < typeDepth) {
        typeDepth = -1;
      }
      if (isConstant(kind)) {
        copyTo(lexer.start());
        out.append('$').append(++constants);
        copied = lexer.end();
      }
      afterCast = kind == TokenKind.TYPECAST || (afterCast && name);
      word = name ? text().toLowerCase(Locale.ROOT) : "";
    }
    copyTo(lexer.bytes().length);
    return out.toString();
  }

  private boolean isConstant(TokenKind kind) {
    return kind == TokenKind.NUMBER
        ? typeDepth < 0 && !NUMBERED.contains(word)
        : kind.isString() || kind == TokenKind.PARAMETER;
  }

  private String text() {
    return new String(
        lexer.bytes(), lexer.start(), lexer.end() - lexer.start(), StandardCharsets.UTF_8);
  }

  private void copyTo(int position) {
    if (position > copied) {
      out.append(new String(lexer.bytes(), copied, position - copied, StandardCharsets.UTF_8));
    }
  }
}
