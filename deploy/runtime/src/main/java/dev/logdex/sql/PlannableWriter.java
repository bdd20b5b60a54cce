package dev.logdex.sql;

import dev.logdex.sql.PlannableStatement.Accepted;
import dev.logdex.sql.PlannableStatement.Refusal;
import dev.logdex.sql.PlannableStatement.Refused;
import dev.logdex.sql.PlannableStatement.Result;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads one statement and writes its tokens in the one form that {@link PlannableStatement} has.
 */
final class PlannableWriter {
  private final SqlLexer lexer = new SqlLexer();
  private final StringBuilder out = new StringBuilder();
  private final String text;
  private final @Nullable List<@Nullable String> parameters;
  private int parameterCount;
  private boolean afterUnicodeName;

  PlannableWriter(String text, @Nullable List<@Nullable String> parameters) {
    this.text = text;
    this.parameters = parameters;
  }

  Result write() {
    StatementKind kind = StatementKind.of(text);
    if (kind == StatementKind.EMPTY) {
      return new Refused(emptyOrCut());
    }
    if (!kind.isPlannable()) {
      return new Refused(Refusal.NOT_A_QUERY);
    }
    lexer.reset(text);
    Refusal refusal = writeTokens();
    return refusal == null
        ? new Accepted(new PlannableStatement(out.toString(), kind, parameterCount))
        : new Refused(refusal);
  }

  private Refusal emptyOrCut() {
    lexer.reset(text);
    while (lexer.next()) {
      if (!lexer.terminated()) {
        return Refusal.UNTERMINATED;
      }
    }
    return Refusal.EMPTY;
  }

  private @Nullable Refusal writeTokens() {
    boolean ended = false;
    while (lexer.next()) {
      if (!lexer.terminated()) {
        return Refusal.UNTERMINATED;
      }
      switch (lexer.kind()) {
        case COMMENT -> {}
        case SEMICOLON -> ended = out.length() > 0;
        default -> {
          if (ended) {
            return Refusal.SEVERAL_STATEMENTS;
          }
          Refusal refusal = writeToken();
          if (refusal != null) {
            return refusal;
          }
        }
      }
    }
    return null;
  }

  private @Nullable Refusal writeToken() {
    if (out.length() > 0) {
      out.append(' ');
    }
    boolean quoteNext = afterUnicodeName;
    afterUnicodeName = false;
    return switch (lexer.kind()) {
      case IDENTIFIER -> name(quoteNext);
      case QUOTED_IDENTIFIER -> quotedName(lexer.value());
      case UNICODE_IDENTIFIER -> quotedName(unicodeValue());
      case STRING, ESCAPE_STRING, DOLLAR_STRING -> constant(lexer.value());
      case UNICODE_STRING -> constant(unicodeValue());
      case NATIONAL_STRING -> {
        out.append("nchar ");
        yield constant(lexer.value());
      }
      case BIT_STRING -> bits('B');
      case HEX_STRING -> bits('X');
      case PARAMETER -> parameter();
      case OTHER -> Refusal.MALFORMED;
      default -> asItStands();
    };
  }

  private @Nullable Refusal asItStands() {
    for (int i = lexer.start(); i < lexer.end(); i++) {
      out.append((char) lexer.bytes()[i]);
    }
    return null;
  }

  /**
   * A dollar in a name is fine for the server, but drivers look for dollar quotes. The word UESCAPE
   * must not become part of an escaped name before it, where it can only be an alias.
   */
  private @Nullable Refusal name(boolean afterUnicodeName) {
    Optional<String> name = lexer.value();
    if (name.isPresent()
        && name.get().indexOf('$') < 0
        && !(afterUnicodeName && name.get().equals("uescape"))) {
      out.append(name.get());
      return null;
    }
    return quotedName(name);
  }

  private @Nullable Refusal quotedName(Optional<String> name) {
    if (name.isEmpty()) {
      return Refusal.MALFORMED;
    }
    if (name.get().chars().anyMatch(PlannableWriter::needsEscape)) {
      afterUnicodeName = true;
      out.append("U&");
      escaped(name.get(), '"', 16);
    } else {
      doubled(name.get(), '"');
    }
    return null;
  }

  private @Nullable Refusal constant(Optional<String> value) {
    if (value.isEmpty()) {
      return Refusal.MALFORMED;
    }
    constant(value.get());
    return null;
  }

  private void constant(String value) {
    if (value.chars().anyMatch(c -> c == '\\' || needsEscape(c))) {
      out.append('E');
      escaped(value, '\'', 8);
    } else {
      doubled(value, '\'');
    }
  }

  private void doubled(String value, char quote) {
    String quoted = String.valueOf(quote);
    out.append(quote).append(value.replace(quoted, quoted + quoted)).append(quote);
  }

  /**
   * Quotes and backslashes are doubled, so that even a reader who takes backslashes otherwise finds
   * the end at the same place.
   *
   * @param base of the digits after a backslash: three octal or four hexadecimal
   */
  private void escaped(String value, char quote, int base) {
    out.append(quote);
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == quote || c == '\\') {
        out.append(c).append(c);
      } else if (needsEscape(c)) {
        String digits = Integer.toString(c, base);
        out.append('\\').append("000", 0, (base == 8 ? 3 : 4) - digits.length()).append(digits);
      } else {
        out.append(c);
      }
    }
    out.append(quote);
  }

  /**
   * What separates statements, JDBC's escapes in braces, and control characters; none may appear
   * even in quotes.
   */
  private static boolean needsEscape(int c) {
    return c == ';' || c == '{' || c == '}' || c < ' ' || c == 0x7f;
  }

  private @Nullable Refusal bits(char prefix) {
    Optional<String> digits = lexer.value();
    if (digits.isEmpty()) {
      return Refusal.MALFORMED;
    }
    out.append(prefix).append('\'').append(digits.get()).append('\'');
    return null;
  }

  private @Nullable Refusal parameter() {
    int number = parameterNumber();
    if (number < 1) {
      return Refusal.PARAMETER_MISSING;
    }
    if (parameters == null) {
      parameterCount = Math.max(parameterCount, number);
      return asItStands();
    }
    if (number > parameters.size()) {
      return Refusal.PARAMETER_MISSING;
    }
    String value = parameters.get(number - 1);
    if (value == null) {
      out.append("NULL");
    } else if (value.indexOf(0) >= 0) {
      return Refusal.MALFORMED;
    } else {
      constant(value);
    }
    return null;
  }

  /** 0 when it is larger than any parameter's number can be. */
  private int parameterNumber() {
    int number = 0;
    for (int i = lexer.start() + 1; i < lexer.end(); i++) {
      number = number * 10 + lexer.bytes()[i] - '0';
      if (number > 65_535) {
        return 0;
      }
    }
    return number;
  }

  /** The value of a {@code U&} token with the UESCAPE clause after it, which is read over. */
  private Optional<String> unicodeValue() {
    SqlLexer ahead = new SqlLexer();
    ahead.reset(lexer.bytes(), lexer.end(), lexer.bytes().length - lexer.end());
    if (!ahead.nextNotComment() || !ahead.isWord("uescape")) {
      return lexer.value();
    }
    if (!ahead.nextNotComment() || !ahead.kind().isString()) {
      return Optional.empty();
    }
    Optional<String> value =
        ahead.value().filter(PlannableWriter::isEscape).flatMap(e -> lexer.value(e.charAt(0)));
    lexer.seek(ahead.end());
    return value;
  }

  private static boolean isEscape(String text) {
    return text.length() == 1
        && text.charAt(0) < 0x80
        && Character.digit(text.charAt(0), 16) < 0
        && " \t\n\r\f\u000b+'\"".indexOf(text.charAt(0)) < 0;
  }
}
