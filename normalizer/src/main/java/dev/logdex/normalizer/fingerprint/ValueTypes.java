package dev.logdex.normalizer.fingerprint;

import dev.logdex.sql.SqlLexer;
import dev.logdex.sql.TokenKind;
import java.util.Optional;

/**
 * Adds values, and takes off what says no more than their type: signs, the type's name before a
 * constant, casts. So {@code -5}, {@code $1}, {@code date '2020-01-01'}, {@code '5'::int} and
 * {@code cast($1 as int)} all leave the same value behind.
 */
final class ValueTypes {
  private static final String[] INTERVAL_FIELDS = {
    "year", "month", "day", "hour", "minute", "second"
  };

  private final SqlLexer lexer;
  private final TokenBuffer tokens;
  private boolean cut;

  ValueTypes(SqlLexer lexer, TokenBuffer tokens) {
    this.lexer = lexer;
    this.tokens = tokens;
  }

  void clear() {
    cut = false;
  }

  /** Whether the text ended within the type of a cast. */
  boolean cut() {
    return cut;
  }

  /** Adds NULL, TRUE, FALSE, or a value whose type is gone. */
  void plainValue() {
    while (tokens.lastKind() == TokenBuffer.SIGN) {
      tokens.truncate(tokens.count() - 1);
    }
    tokens.addValue();
  }

  /**
   * Adds the constant or parameter that the lexer stands at, and takes back the name of its type
   * before it.
   */
  void typedValue(boolean unicode) {
    byte before = tokens.lastKind();
    boolean mayBeType = before == TokenBuffer.NAME || before == TokenBuffer.CLOSE_PAREN;
    boolean interval = mayBeType && takeTypeNameBack();
    plainValue();
    if (unicode) {
      unicodeEscape();
    }
    if (interval) {
      skipIntervalFields();
    }
  }

  /** Whether the type's name that it took back was that of intervals. */
  private boolean takeTypeNameBack() {
    int type = typeNameBefore(tokens.count());
    if (type < 0 || tokens.isOperandEnd(type - 1)) {
      return false;
    }
    boolean interval = tokens.word(type) == Words.INTERVAL;
    tokens.truncate(type);
    return interval;
  }

  /** The first token of the type's name that ends before a token; -1 when there is none. */
  private int typeNameBefore(int token) {
    int last = token - 1;
    int word = tokens.word(last);
    if (word == Words.ZONE) {
      return timeTypeBefore(last);
    }
    if (tokens.kind(last) == TokenBuffer.CLOSE_PAREN) {
      last = beforeModifiers(last);
      word = tokens.word(last);
    }
    int before = tokens.word(last - 1);
    if (word == Words.PRECISION && before == Words.DOUBLE) {
      return last - 1;
    }
    if (word == Words.VARYING) {
      return characterTypeAt(last - 1);
    }
    if (word == Words.CHAR || word == Words.CHARACTER) {
      return characterTypeAt(last);
    }
    return Words.is(word, Words.TYPE) ? qualifiedFrom(last) : -1;
  }

  /** At ZONE: {@code timestamp [(n)] with | without time zone}. */
  private int timeTypeBefore(int zone) {
    int with = tokens.word(zone - 2);
    if (tokens.word(zone - 1) != Words.TIME || (with != Words.WITH && with != Words.WITHOUT)) {
      return -1;
    }
    int last = zone - 3;
    if (tokens.kind(last) == TokenBuffer.CLOSE_PAREN) {
      last = beforeModifiers(last);
    }
    int word = tokens.word(last);
    return word == Words.TIME || word == Words.TIMESTAMP ? last : -1;
  }

  private int characterTypeAt(int token) {
    int word = tokens.word(token);
    if (word == Words.CHAR || word == Words.CHARACTER) {
      return tokens.word(token - 1) == Words.NATIONAL ? token - 1 : token;
    }
    return word == Words.BIT || word == Words.NCHAR ? token : -1;
  }

  private int qualifiedFrom(int token) {
    int first = token;
    while (tokens.kind(first - 1) == TokenBuffer.DOT
        && (tokens.kind(first - 2) == TokenBuffer.NAME
            || tokens.kind(first - 2) == TokenBuffer.QUOTED)) {
      first -= 2;
    }
    return first;
  }

  /** The token before the parenthesis that closes at a token and holds values only. */
  private int beforeModifiers(int close) {
    int token = close - 1;
    while (tokens.kind(token) == TokenBuffer.VALUE || tokens.kind(token) == TokenBuffer.COMMA) {
      token--;
    }
    return tokens.kind(token) == TokenBuffer.OPEN_PAREN ? token - 1 : -1;
  }

  /**
   * Before the closing parenthesis is added: folds {@code cast(value as type)}, and a value alone
   * in parentheses where they can be no list.
   *
   * @param open the opening parenthesis
   * @param rowsOrOrdinals whether it stands where a parenthesis is a row or names output columns
   * @return whether the parenthesis and what it holds has become one value
   */
  boolean foldParenthesis(int open, boolean rowsOrOrdinals) {
    if (tokens.kind(open + 1) != TokenBuffer.VALUE) {
      return false;
    }
    boolean alone = tokens.count() == open + 2;
    if (alone && isOperandExpected(open, rowsOrOrdinals)) {
      tokens.truncate(open);
    } else if (!alone
        && tokens.word(open - 1) == Words.CAST
        && tokens.word(open + 2) == Words.AS
        && tokens.count() > open + 3) {
      tokens.truncate(open - 1);
    } else {
      return false;
    }
    plainValue();
    return true;
  }

  /** Whether the token before is one that takes a single operand, in parentheses or not. */
  private boolean isOperandExpected(int token, boolean rowsOrOrdinals) {
    byte kind = tokens.kind(token - 1);
    if (kind == TokenBuffer.OPERATOR || kind == TokenBuffer.SIGN) {
      return true;
    }
    if (kind == TokenBuffer.COMMA
        || kind == TokenBuffer.OPEN_PAREN
        || kind == TokenBuffer.OPEN_BRACKET) {
      return !rowsOrOrdinals;
    }
    int word = tokens.word(token - 1);
    return word == Words.AND
        || word == Words.OR
        || word == Words.SELECT
        || word == Words.BETWEEN
        || word == Words.LIKE
        || word == Words.ILIKE
        || word == Words.WHEN
        || word == Words.THEN
        || word == Words.ELSE
        || word == Words.LIMIT
        || word == Words.OFFSET;
  }

  /** At {@code ::} behind a value: reads over the type. */
  void skipCast() {
    if (!lexer.nextNotComment()) {
      cut = true;
      return;
    }
    if (lexer.isWord("setof") && !lexer.nextNotComment()) {
      cut = true;
      return;
    }
    if (!isName(lexer.kind())) {
      lexer.seek(lexer.start());
      return;
    }
    boolean time = lexer.isWord("time") || lexer.isWord("timestamp");
    boolean interval = lexer.isWord("interval");
    skipRestOfName();
    if (interval) {
      skipIntervalFields();
    }
    skipGroup(TokenKind.OPEN_PAREN, TokenKind.CLOSE_PAREN);
    if (time && !skipWords("with", "time", "zone")) {
      skipWords("without", "time", "zone");
    }
    skipWords("array");
    while (skipGroup(TokenKind.OPEN_BRACKET, TokenKind.CLOSE_BRACKET)) {
      // each pair is one more dimension
    }
  }

  private static boolean isName(TokenKind kind) {
    return switch (kind) {
      case IDENTIFIER, QUOTED_IDENTIFIER, UNICODE_IDENTIFIER -> true;
      default -> false;
    };
  }

  /** Further words of the type that the lexer stands at, and names behind dots. */
  private void skipRestOfName() {
    boolean national = lexer.isWord("national");
    boolean character =
        national || lexer.isWord("char") || lexer.isWord("character") || lexer.isWord("nchar");
    boolean varying = character || lexer.isWord("bit");
    if (lexer.isWord("double")) {
      skipWords("precision");
    }
    if (national && !skipWords("character")) {
      skipWords("char");
    }
    if (varying) {
      skipWords("varying");
    }
    while (skipQualifiedName()) {
      // a schema was before the dot
    }
  }

  private boolean skipQualifiedName() {
    int end = lexer.end();
    if (lexer.nextNotComment() && lexer.kind() == TokenKind.DOT) {
      if (!lexer.nextNotComment()) {
        cut = true;
        return false;
      }
      if (isName(lexer.kind())) {
        return true;
      }
    }
    lexer.seek(end);
    return false;
  }

  /** The fields behind an interval: {@code day to second(3)}. */
  private void skipIntervalFields() {
    if (!skipIntervalField()) {
      return;
    }
    int end = lexer.end();
    if (!skipWords("to") || !skipIntervalField()) {
      lexer.seek(end);
    }
  }

  private boolean skipIntervalField() {
    for (String field : INTERVAL_FIELDS) {
      if (skipWords(field)) {
        if (field.equals("second")) {
          skipGroup(TokenKind.OPEN_PAREN, TokenKind.CLOSE_PAREN);
        }
        return true;
      }
    }
    return false;
  }

  /** Reads over the words if all of them come next, else over nothing. */
  private boolean skipWords(String... words) {
    int end = lexer.end();
    for (String word : words) {
      if (!lexer.nextNotComment() || !lexer.isWord(word)) {
        lexer.seek(end);
        return false;
      }
    }
    return true;
  }

  /** Reads over a parenthesis or bracket if it comes next. */
  private boolean skipGroup(TokenKind open, TokenKind close) {
    int end = lexer.end();
    if (!lexer.nextNotComment() || lexer.kind() != open) {
      lexer.seek(end);
      return false;
    }
    int depth = 1;
    while (depth > 0) {
      if (!lexer.nextNotComment()) {
        cut = true;
        return false;
      }
      depth += lexer.kind() == open ? 1 : lexer.kind() == close ? -1 : 0;
    }
    return true;
  }

  /** Reads over the UESCAPE clause behind a constant. */
  private void unicodeEscape() {
    int end = lexer.end();
    if (!skipWords("uescape") || !lexer.nextNotComment() || !lexer.kind().isString()) {
      lexer.seek(end);
    }
  }

  /** The value of the {@code U&"name"} that the lexer stands at; reads over its UESCAPE clause. */
  Optional<String> unicodeName() {
    int start = lexer.start();
    int end = lexer.end();
    Optional<String> escape = Optional.empty();
    if (skipWords("uescape") && lexer.nextNotComment() && lexer.kind().isString()) {
      escape = lexer.value().filter(text -> text.length() == 1);
    }
    int next = escape.isPresent() ? lexer.end() : end;
    lexer.seek(start);
    Optional<String> value =
        lexer.next() ? lexer.value(escape.orElse("\\").charAt(0)) : Optional.empty();
    lexer.seek(next);
    return value;
  }
}
