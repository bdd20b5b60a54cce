package dev.logdex.analyzer.statement;

import dev.logdex.sql.SqlLexer;
import dev.logdex.sql.TokenKind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The tokens of a statement, each with how many parentheses are open around it. */
final class Tokens {
  private final byte[] utf8;
  private final List<Token> tokens = new ArrayList<>();

  /**
   * A token that is no comment.
   *
   * @param name what a name means, as the catalog spells it; else the text
   * @param depth parentheses and brackets open around it; those themselves stand outside
   */
  record Token(TokenKind kind, String text, String name, int start, int end, int depth) {
    boolean isWord(String word) {
      return kind == TokenKind.IDENTIFIER && text.equalsIgnoreCase(word);
    }

    boolean isName() {
      return kind == TokenKind.IDENTIFIER || kind == TokenKind.QUOTED_IDENTIFIER;
    }
  }

  Tokens(String text) {
    SqlLexer lexer = new SqlLexer();
    lexer.reset(text);
    utf8 = lexer.bytes();
    int depth = 0;
    while (lexer.nextNotComment()) {
      TokenKind kind = lexer.kind();
      boolean closes = kind == TokenKind.CLOSE_PAREN || kind == TokenKind.CLOSE_BRACKET;
      depth = closes ? Math.max(0, depth - 1) : depth;
      String token = between(lexer.start(), lexer.end());
      boolean isName = kind == TokenKind.IDENTIFIER || kind == TokenKind.QUOTED_IDENTIFIER;
      String name = isName ? lexer.value().orElse(token) : token;
      tokens.add(new Token(kind, token, name, lexer.start(), lexer.end(), depth));
      depth += kind == TokenKind.OPEN_PAREN || kind == TokenKind.OPEN_BRACKET ? 1 : 0;
    }
  }

  int size() {
    return tokens.size();
  }

  Token get(int index) {
    return tokens.get(index);
  }

  /** Whether the token there is the unquoted word; no for places outside. */
  boolean isWord(int index, String word) {
    return index >= 0 && index < tokens.size() && tokens.get(index).isWord(word);
  }

  boolean is(int index, TokenKind kind) {
    return index >= 0 && index < tokens.size() && tokens.get(index).kind() == kind;
  }

  boolean isName(int index) {
    return index >= 0 && index < tokens.size() && tokens.get(index).isName();
  }

  /** The first place from an index on where the word stands in no parentheses; -1 if nowhere. */
  int topLevel(int from, String word) {
    for (int i = from; i < tokens.size(); i++) {
      if (tokens.get(i).depth() == 0 && tokens.get(i).isWord(word)) {
        return i;
      }
    }
    return -1;
  }

  /** Index after a name with its schema, if it has one: {@code a.b.c}. */
  int afterName(int from) {
    int i = from + 1;
    while (is(i, TokenKind.DOT) && isName(i + 1)) {
      i += 2;
    }
    return i;
  }

  /** The text of the tokens from one index to before another. */
  String text(int from, int to) {
    return from >= to ? "" : between(tokens.get(from).start(), tokens.get(to - 1).end());
  }

  /** The text from the first token on to before a token, with what stands between. */
  String before(int index) {
    return between(0, tokens.get(index).start());
  }

  String between(int from, int to) {
    return new String(utf8, from, to - from, StandardCharsets.UTF_8);
  }

  String rest(int from) {
    return between(from, utf8.length);
  }
}
