package dev.logdex.sql;

/** What {@link SqlLexer} tells tokens apart by. White space is no token. */
public enum TokenKind {
  /** An unquoted name or a keyword. */
  IDENTIFIER,
  /** {@code "name"}. */
  QUOTED_IDENTIFIER,
  /** {@code U&"name"}; a UESCAPE clause after it is two tokens of its own. */
  UNICODE_IDENTIFIER,
  /** {@code 'text'}, with its continuations on further lines. */
  STRING,
  /** {@code E'text'}. */
  ESCAPE_STRING,
  /** {@code U&'text'}; a UESCAPE clause after it is two tokens of its own. */
  UNICODE_STRING,
  /** {@code N'text'}, which Postgres reads as {@code nchar 'text'}. */
  NATIONAL_STRING,
  /** {@code B'101'}. */
  BIT_STRING,
  /** {@code X'1F'}. */
  HEX_STRING,
  /** {@code $tag$text$tag$}. */
  DOLLAR_STRING,
  /** An unsigned integer, decimal or real number, in any base. */
  NUMBER,
  /** {@code $1}. */
  PARAMETER,
  /** One or more operator characters, {@code =>} among them. */
  OPERATOR,
  COMMA,
  OPEN_PAREN,
  CLOSE_PAREN,
  OPEN_BRACKET,
  CLOSE_BRACKET,
  DOT,
  /** {@code ..}, as in a PL/pgSQL loop. */
  DOT_DOT,
  SEMICOLON,
  COLON,
  /** {@code ::}. */
  TYPECAST,
  /** {@code :=}. */
  COLON_EQUALS,
  /** Either form; a block comment holds the comments nested in it. */
  COMMENT,
  /** One byte that no statement has outside of quotes, such as <code>{</code> or a lone dollar. */
  OTHER;

  /** Whether it is a string, bit string or dollar-quoted constant. */
  public boolean isString() {
    return switch (this) {
      case STRING,
          ESCAPE_STRING,
          UNICODE_STRING,
          NATIONAL_STRING,
          BIT_STRING,
          HEX_STRING,
          DOLLAR_STRING ->
          true;
      default -> false;
    };
  }
}
