package dev.logdex.normalizer.fingerprint;

import dev.logdex.normalizer.event.Fingerprint;
import dev.logdex.sql.EightBytes;
import dev.logdex.sql.SqlLexer;
import dev.logdex.sql.TokenKind;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * Takes the values out of statements in one pass over their tokens. Reusable; not thread-safe. Any
 * bytes are read without throwing, nothing is allocated for a statement of usual size, and what a
 * huge one needed is given back when the next is read.
 *
 * <p>What folds, so that it is no part of a fingerprint: white space, comments, semicolons at the
 * end; case of unquoted words; quotes around a name that needs none; what a name has beyond the 63
 * bytes that Postgres looks at; literals and parameters, with their sign, their type ({@code date
 * '…'}), their cast ({@code '…'::date}, {@code cast('…' as date)}) and parentheses around one alone
 * where it is an operand; NULL, TRUE and FALSE as values, as in pg_stat_statements, but not in IS
 * NULL, NOT NULL, SET NULL and the like; {@code !=} for {@code <>}; items of an IN or ARRAY list
 * and rows of VALUES that read like another one of theirs. Numbers of output columns in ORDER BY,
 * GROUP BY and DISTINCT ON stay. A cast of anything but a value stays, its type modifiers being
 * values.
 *
 * <p>A text that still has more than 4 MiB when all of that is gone, or parentheses 65,536 deep, is
 * not read to its end and not {@link #complete}.
 *
 * <p>Either {@link #normalize} builds the whole answer, or {@link #read} computes the fingerprint
 * alone and the other methods give the rest for as long as nothing else is read.
 */
public final class StatementNormalizer {
  /** A number that could name an output column; Postgres allows 1,664. */
  private static final int LONGEST_ORDINAL = 4;

  private static final int KEPT_COMMENTS = 16;
  private static final byte[] NOT_EQUAL = {'<', '>'};

  private final SqlLexer lexer = new SqlLexer();
  private final TokenBuffer tokens = new TokenBuffer();
  private final Lists lists = new Lists(tokens);
  private final ValueTypes types = new ValueTypes(lexer, tokens);
  private final int[] comments = new int[2 * KEPT_COMMENTS];
  private int commentCount;
  private int statements;
  private boolean semicolonPending;

  /** Whether the next token begins a statement. */
  private boolean betweenStatements;

  private boolean cut;
  private boolean endsQuoted;
  private int numberEnd;

  /**
   * Whether the server reads a backslash in {@code 'text'} as an ordinary character. True unless
   * told otherwise, as in every server that has not set {@code standard_conforming_strings} off.
   */
  public void setStandardConformingStrings(boolean on) {
    lexer.setStandardConformingStrings(on);
  }

  /** Normalizes a text; empty when it holds no statement, only comments and the like. */
  public Optional<NormalizedStatement> normalize(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return normalize(utf8, 0, utf8.length);
  }

  /** Normalizes a text in UTF-8; empty when it holds no statement, only comments and the like. */
  public Optional<NormalizedStatement> normalize(byte[] text, int offset, int length) {
    return read(text, offset, length)
        ? Optional.of(
            new NormalizedStatement(fingerprint(), text(), complete(), statements(), tags()))
        : Optional.empty();
  }

  /**
   * Reads a text in UTF-8; the array must not change while the answer is asked for.
   *
   * @return false when it holds no statement, only comments and the like
   */
  public boolean read(byte[] text, int offset, int length) {
    lexer.reset(text, offset, length);
    tokens.clear();
    lists.clear();
    types.clear();
    commentCount = 0;
    statements = 0;
    semicolonPending = false;
    betweenStatements = true;
    cut = false;
    endsQuoted = false;
    numberEnd = -1;
    while (lexer.next()) {
      token();
      if (tokens.isFull()) {
        cut = true;
        break;
      }
    }
    cut |= !lexer.terminated();
    lists.endLastItem(); // the last row, or the last item of a list that was cut
    return tokens.count() > 0;
  }

  /** Of what was read last. */
  public Fingerprint fingerprint() {
    return new Fingerprint(fingerprintBits());
  }

  /** Of what was read last: the bits of {@link #fingerprint}, without an object around them. */
  public long fingerprintBits() {
    return tokens.hash();
  }

  /** Of what was read last: canonical SQL, as {@link NormalizedStatement#text}. */
  public String text() {
    return tokens.text();
  }

  /** Of what was read last: whether it ends where a statement can end. */
  public boolean complete() {
    return !cut
        && !types.cut()
        && lists.depth() == 0
        && (semicolonPending || endsQuoted || StatementEnd.isPossible(tokens));
  }

  /** Of what was read last: number of statements; 0 when there was none. */
  public int statements() {
    return statements;
  }

  /** Of what was read last: what its first statement begins with. */
  public StatementVerb verb() {
    return StatementVerb.of(tokens);
  }

  /**
   * Of what was read last: whether a comment of it looks like tags. When false, {@link #tags} is
   * empty; this costs next to nothing.
   */
  public boolean hasTags() {
    for (int i = 0; i < commentCount; i++) {
      if (StatementTags.mayBe(lexer.bytes(), comments[2 * i], comments[2 * i + 1])) {
        return true;
      }
    }
    return false;
  }

  /**
   * Of what was read last: tags in its first {@value #KEPT_COMMENTS} comments; a later one of the
   * same key wins. At most 16 tags, with keys of at most 64 bytes and values of 256.
   */
  public Map<String, String> tags() {
    return readTags().tags();
  }

  /** Of what was read last: how many tags were left out of {@link #tags}, or their values cut. */
  public int tagsCut() {
    return readTags().cut();
  }

  /** Memory kept for the next statement. */
  long heldBytes() {
    return tokens.heldBytes() + lists.heldBytes();
  }

  private StatementTags readTags() {
    StatementTags tags = new StatementTags();
    for (int i = 0; i < commentCount; i++) {
      tags.read(lexer.bytes(), comments[2 * i], comments[2 * i + 1]);
    }
    return tags;
  }

  private void token() {
    TokenKind kind = lexer.kind();
    if (kind == TokenKind.IDENTIFIER) { // most tokens are, so they do not wait for the switch
      beforeToken(kind);
      identifier();
    } else if (kind == TokenKind.COMMENT) {
      comment();
    } else if (kind == TokenKind.SEMICOLON && lists.depth() == 0) {
      endStatement();
    } else if (kind != TokenKind.OTHER || lexer.bytes()[lexer.start()] != 0) {
      // no statement has a zero byte, and in the buffer it stands for a value
      beforeToken(kind);
      otherToken(kind);
    }
  }

  private void beforeToken(TokenKind kind) {
    if (betweenStatements) {
      beginStatement();
    }
    if (lists.mode() == Lists.ROWS && kind != TokenKind.OPEN_PAREN && kind != TokenKind.COMMA) {
      lists.end();
    }
    endsQuoted = false;
  }

  private void otherToken(TokenKind kind) {
    switch (kind) {
      case QUOTED_IDENTIFIER -> quotedIdentifier();
      case NUMBER -> number();
      case PARAMETER -> parameter();
      case OPERATOR -> operator();
      case COMMA -> lists.comma();
      case OPEN_PAREN -> openParen();
      case CLOSE_PAREN -> closeParen();
      case DOT -> tokens.add(TokenBuffer.DOT, '.');
      case TYPECAST -> typecast();
      default -> rareToken(kind);
    }
  }

  private void rareToken(TokenKind kind) {
    switch (kind) {
      case STRING,
          ESCAPE_STRING,
          UNICODE_STRING,
          NATIONAL_STRING,
          BIT_STRING,
          HEX_STRING,
          DOLLAR_STRING ->
          types.typedValue(kind == TokenKind.UNICODE_STRING);
      case UNICODE_IDENTIFIER -> unicodeIdentifier();
      case OPEN_BRACKET -> openBracket();
      case CLOSE_BRACKET -> closeBracket();
      case SEMICOLON -> tokens.add(TokenBuffer.SEMICOLON, ';');
      default -> tokens.add(TokenBuffer.OTHER, lexer.bytes(), lexer.start(), lexer.end());
    }
  }

  private void comment() {
    if (commentCount < KEPT_COMMENTS && lexer.terminated()) {
      comments[2 * commentCount] = lexer.start();
      comments[2 * commentCount + 1] = lexer.end();
      commentCount++;
    }
  }

  private void endStatement() {
    if (tokens.count() > 0) {
      lists.end();
      semicolonPending = true;
      betweenStatements = true;
    }
  }

  private void beginStatement() {
    if (semicolonPending) {
      tokens.add(TokenBuffer.SEMICOLON, ';');
      semicolonPending = false;
    }
    betweenStatements = false;
    lists.begin(Lists.PLAIN);
    statements++;
  }

  private void identifier() {
    int from = lexer.start();
    int to = lexer.end();
    int size = Names.truncatedSize(lexer.bytes(), from, to);
    int word = tokens.write(lexer.bytes(), from, size, lexer.head());
    if (from == numberEnd && !Words.is(word, Words.KEEPS_QUOTES)) {
      numberEnd = to; // 12ab is no SQL; it was meant as a value
    } else {
      word(word, size);
    }
  }

  /** Adds the word that was written last. */
  private void word(int word, int size) {
    if (word == Words.NONE) {
      tokens.addWritten(TokenBuffer.NAME, word, size);
    } else if (tokens.lastKind() == TokenBuffer.DOT) {
      int known = Words.is(word, Words.TYPE) ? word : Words.NONE;
      tokens.addWritten(TokenBuffer.NAME, known, size);
    } else if (Words.is(word, Words.SPECIAL)) {
      specialWord(word, size);
    } else {
      addWord(word, size, Words.is(word, Words.BEFORE_OPERAND));
    }
  }

  private void addWord(int word, int size, boolean beforeOperand) {
    tokens.addWritten(beforeOperand ? TokenBuffer.KEYWORD : TokenBuffer.NAME, word, size);
  }

  private void specialWord(int word, int size) {
    if (Words.is(word, Words.CONSTANT) && !staysConstant(word)) {
      types.plainValue();
    } else {
      addWord(word, size, Words.is(word, Words.BEFORE_OPERAND) || isListOf(word));
      listsAfter(word);
    }
  }

  /** Whether NULL, TRUE or FALSE is part of the grammar here, not a value. */
  private boolean staysConstant(int word) {
    int last = tokens.count() - 1;
    int before = tokens.word(last);
    if (before == Words.IS || before == Words.AS || tokens.isOperandEnd(last)) {
      return true;
    }
    if (before == Words.NOT) {
      return word == Words.NULL || tokens.word(last - 1) == Words.IS;
    }
    return before == Words.ON && word == Words.NULL;
  }

  /** Whether BY is that of ORDER BY and the like, not somebody's column. */
  private boolean isListOf(int word) {
    if (word != Words.BY) {
      return false;
    }
    int before = tokens.lastWord();
    return before == Words.ORDER
        || before == Words.GROUP
        || before == Words.PARTITION
        || before == Words.INCREMENT;
  }

  private void listsAfter(int word) {
    int before = tokens.word(tokens.count() - 2);
    if (word == Words.BY && (before == Words.ORDER || before == Words.GROUP)) {
      lists.begin(Lists.ORDINALS);
    } else if (word == Words.VALUES) {
      lists.begin(Lists.ROWS);
    } else if (lists.mode() == Lists.ORDINALS && Words.is(word, Words.ENDS_ITEMS)) {
      lists.begin(Lists.PLAIN);
    } else if (lists.mode() == Lists.ITEMS
        && lists.openToken() == tokens.count() - 2
        && (word == Words.SELECT || word == Words.WITH || word == Words.TABLE)) {
      lists.begin(Lists.PLAIN); // a subquery, not a list
    }
  }

  private void quotedIdentifier() {
    int to = lexer.terminated() ? lexer.end() - 1 : lexer.end();
    quotedIdentifier(lexer.bytes(), lexer.start() + 1, to);
  }

  private void quotedIdentifier(byte[] text, int from, int to) {
    endsQuoted = true;
    if (Names.isPlain(text, from, to)) {
      int size = Names.truncatedSize(text, from, to);
      int word = tokens.write(text, from, size, EightBytes.head(EightBytes.at(text, from), size));
      if (tokens.lastKind() == TokenBuffer.DOT) {
        word(word, size);
        return;
      }
      if (!Words.is(word, Words.KEEPS_QUOTES)) {
        tokens.addWritten(TokenBuffer.NAME, word, size);
        return;
      }
    }
    byte[] quoted = Names.quoted(text, from, to);
    tokens.add(TokenBuffer.QUOTED, quoted, 0, quoted.length);
  }

  /** Rare enough to be written anew as an ordinary quoted name. */
  private void unicodeIdentifier() {
    String name = types.unicodeName().orElse("?").replace("\"", "\"\"");
    byte[] text = name.getBytes(StandardCharsets.UTF_8);
    quotedIdentifier(text, 0, text.length);
  }

  private void number() {
    if (lists.mode() == Lists.ORDINALS && isOrdinal()) {
      tokens.add(TokenBuffer.ORDINAL, lexer.bytes(), lexer.start(), lexer.end());
    } else {
      parameter();
    }
  }

  private void parameter() {
    numberEnd = lexer.end();
    types.typedValue(false);
  }

  /** Whether a number is a whole item of ORDER BY or GROUP BY. */
  private boolean isOrdinal() {
    byte[] text = lexer.bytes();
    int start = lexer.start();
    int end = lexer.end();
    if (end - start > LONGEST_ORDINAL || !isFirstOfItem()) {
      return false;
    }
    for (int i = start; i < end; i++) {
      if (text[i] < '0' || text[i] > '9') {
        return false;
      }
    }
    boolean ordinal = true;
    if (lexer.nextNotComment()) {
      ordinal =
          switch (lexer.kind()) {
            case COMMA, CLOSE_PAREN, SEMICOLON -> true;
            case IDENTIFIER -> lexer.start() > end;
            default -> false;
          };
    }
    lexer.seek(start);
    lexer.next();
    return ordinal;
  }

  private boolean isFirstOfItem() {
    int before = tokens.lastWord();
    return switch (tokens.lastKind()) {
      case TokenBuffer.COMMA, TokenBuffer.OPEN_PAREN -> true;
      default -> before == Words.BY || before == Words.DISTINCT || before == Words.ALL;
    };
  }

  private void operator() {
    byte[] text = lexer.bytes();
    int start = lexer.start();
    int length = lexer.end() - start;
    if (length == 1) {
      tokens.add(kindOfOperator(text[start]), (char) text[start]);
    } else if (length == 2 && text[start] == '!' && text[start + 1] == '=') {
      tokens.add(TokenBuffer.OPERATOR, NOT_EQUAL, 0, NOT_EQUAL.length);
    } else {
      tokens.add(TokenBuffer.OPERATOR, text, start, start + length);
    }
  }

  private byte kindOfOperator(byte operator) {
    return switch (operator) {
      case '-', '+' ->
          tokens.isOperandEnd(tokens.count() - 1) ? TokenBuffer.OPERATOR : TokenBuffer.SIGN;
      case '*' -> tokens.lastKind() == TokenBuffer.DOT ? TokenBuffer.NAME : TokenBuffer.OPERATOR;
      default -> TokenBuffer.OPERATOR;
    };
  }

  private void openParen() {
    byte mode = modeInParen();
    tokens.addOpenParen();
    lists.open(mode);
  }

  private byte modeInParen() {
    int last = tokens.count() - 1;
    int word = tokens.word(last);
    if (word == Words.IN) {
      return Lists.ITEMS;
    }
    if (word == Words.ON && tokens.word(last - 1) == Words.DISTINCT) {
      return Lists.ORDINALS;
    }
    boolean itemsGoOn =
        isFirstOfItem() || word == Words.ROLLUP || word == Words.CUBE || word == Words.SETS;
    return lists.mode() == Lists.ORDINALS && itemsGoOn ? Lists.ORDINALS : Lists.PLAIN;
  }

  private void openBracket() {
    boolean list =
        tokens.lastWord() == Words.ARRAY
            || (lists.mode() == Lists.ITEMS && !tokens.isOperandEnd(tokens.count() - 1));
    tokens.add(TokenBuffer.OPEN_BRACKET, '[');
    lists.open(list ? Lists.ITEMS : Lists.PLAIN);
  }

  private void closeParen() {
    int open = lists.openToken();
    if (closes(TokenBuffer.OPEN_PAREN)) {
      boolean rowsOrOrdinals = lists.mode() == Lists.ROWS || lists.mode() == Lists.ORDINALS;
      if (types.foldParenthesis(open, rowsOrOrdinals)) {
        return;
      }
    }
    tokens.add(TokenBuffer.CLOSE_PAREN, ')');
  }

  private void closeBracket() {
    closes(TokenBuffer.OPEN_BRACKET);
    tokens.add(TokenBuffer.CLOSE_BRACKET, ']');
  }

  /** Ends the innermost list if it is what such a token opened. */
  private boolean closes(byte opening) {
    boolean matches = lists.depth() > 0 && tokens.kind(lists.openToken()) == opening;
    if (matches) {
      lists.close();
    }
    return matches;
  }

  private void typecast() {
    if (tokens.lastKind() == TokenBuffer.VALUE) {
      types.skipCast();
    } else {
      tokens.add(TokenBuffer.TYPECAST, lexer.bytes(), lexer.start(), lexer.end());
    }
  }
}
