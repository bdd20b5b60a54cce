package dev.logdex.analyzer.scan;

import dev.logdex.sql.SqlLexer;
import dev.logdex.sql.TokenKind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * An expression as Postgres deparses it in a plan, taken apart at its parentheses and no further:
 * ruleutils.c puts every operator with its operands in parentheses of their own, so that one level
 * never holds more than one of them.
 */
record Expression(List<Item> items) {
  Expression {
    items = List.copyOf(items);
  }

  /** A token, or what stands in parentheses or brackets. */
  sealed interface Item {}

  /**
   * A token.
   *
   * @param text as printed
   * @param name of an identifier or string, what it means; else the text
   */
  record Token(TokenKind kind, String text, String name) implements Item {
    boolean isName() {
      return kind == TokenKind.IDENTIFIER || kind == TokenKind.QUOTED_IDENTIFIER;
    }

    boolean isWord(String word) {
      return kind == TokenKind.IDENTIFIER && text.equalsIgnoreCase(word);
    }

    boolean is(TokenKind wanted) {
      return kind == wanted;
    }
  }

  /** What stands between {@code (} and {@code )}, or {@code [} and {@code ]}. */
  record Group(boolean brackets, Expression inner) implements Item {}

  /** Reads a text; what is cut off or unbalanced ends where the text ends. */
  static Expression parse(String text) {
    Deque<List<Item>> open = new ArrayDeque<>();
    open.push(new ArrayList<>());
    SqlLexer lexer = new SqlLexer();
    lexer.reset(text);
    while (lexer.nextNotComment()) {
      switch (lexer.kind()) {
        case OPEN_PAREN, OPEN_BRACKET -> open.push(new ArrayList<>());
        case CLOSE_PAREN, CLOSE_BRACKET -> close(open, lexer.kind() == TokenKind.CLOSE_BRACKET);
        default -> items(open).add(token(lexer));
      }
    }
    while (open.size() > 1) {
      close(open, false);
    }
    return new Expression(items(open));
  }

  private static List<Item> items(Deque<List<Item>> open) {
    return open.element();
  }

  private static void close(Deque<List<Item>> open, boolean brackets) {
    if (open.size() > 1) {
      Group group = new Group(brackets, new Expression(open.pop()));
      items(open).add(group);
    }
  }

  private static Token token(SqlLexer lexer) {
    String text =
        new String(
            lexer.bytes(), lexer.start(), lexer.end() - lexer.start(), StandardCharsets.UTF_8);
    String name =
        switch (lexer.kind()) {
          case IDENTIFIER -> text.toLowerCase(Locale.ROOT);
          case QUOTED_IDENTIFIER, STRING, ESCAPE_STRING -> lexer.value().orElse(text);
          default -> text;
        };
    return new Token(lexer.kind(), text, name);
  }

  /** Without the parentheses that enclose all of it. */
  Expression stripped() {
    return items.size() == 1 && items.get(0) instanceof Group group && !group.brackets
        ? group.inner.stripped()
        : this;
  }

  /** The parts between a word on this level, such as AND; this itself when it does not occur. */
  List<Expression> splitAt(String word) {
    List<Expression> parts = new ArrayList<>();
    int from = 0;
    for (int i = 0; i < items.size(); i++) {
      if (items.get(i) instanceof Token token && token.isWord(word)) {
        parts.add(part(from, i));
        from = i + 1;
      }
    }
    parts.add(part(from, items.size()));
    return parts;
  }

  /** Items from one index to before another. */
  Expression part(int from, int to) {
    return new Expression(items.subList(from, to));
  }

  Expression from(int index) {
    return part(index, items.size());
  }

  int size() {
    return items.size();
  }

  boolean isEmpty() {
    return items.isEmpty();
  }

  /** Whether the item at the index is the unquoted word. */
  boolean wordAt(int index, String word) {
    return index >= 0
        && index < items.size()
        && items.get(index) instanceof Token token
        && token.isWord(word);
  }

  boolean tokenAt(int index, TokenKind kind) {
    return index >= 0
        && index < items.size()
        && items.get(index) instanceof Token token
        && token.is(kind);
  }

  /** Every {@code alias.column} in it, at any depth. */
  Stream<ColumnReference> columns() {
    Stream.Builder<ColumnReference> found = Stream.builder();
    collectColumns(found);
    return found.build();
  }

  /** Every token in it, at any depth. */
  Stream<Token> tokens() {
    return items.stream()
        .flatMap(
            item -> item instanceof Group group ? group.inner.tokens() : Stream.of((Token) item));
  }

  private void collectColumns(Consumer<ColumnReference> found) {
    for (int i = 0; i < items.size(); i++) {
      if (items.get(i) instanceof Group group) {
        group.inner.collectColumns(found);
      } else if (isColumnAt(i)) {
        found.accept(columnAt(i));
        i += 2;
      }
    }
  }

  /**
   * Whether a name, a dot and a name stand there. A function or type with its schema looks alike,
   * but for what follows or stands before it.
   */
  boolean isColumnAt(int i) {
    return isNameAt(i)
        && tokenAt(i + 1, TokenKind.DOT)
        && (isNameAt(i + 2) || isStarAt(i + 2))
        && !tokenAt(i - 1, TokenKind.TYPECAST)
        && !isCallAt(i + 3);
  }

  /** Whether it is a function's name with its arguments, and nothing else. */
  boolean isCall() {
    boolean qualified = size() == 4 && tokenAt(1, TokenKind.DOT) && isNameAt(2);
    return isNameAt(0)
        && !wordAt(0, "ROW")
        && !Rendering.BEFORE_PARENTHESES.contains(((Token) items.get(0)).name)
        && (size() == 2 || qualified)
        && isCallAt(size() - 1);
  }

  private boolean isCallAt(int i) {
    return i < items.size() && items.get(i) instanceof Group group && !group.brackets;
  }

  ColumnReference columnAt(int i) {
    return new ColumnReference(((Token) items.get(i)).name, ((Token) items.get(i + 2)).name);
  }

  /**
   * With an alias before every name that is one of the columns': an index's definition has none.
   */
  Expression qualified(String alias, Predicate<String> isColumn) {
    List<Item> qualified = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      Item item = items.get(i);
      if (item instanceof Group group) {
        qualified.add(new Group(group.brackets, group.inner.qualified(alias, isColumn)));
        continue;
      }
      boolean column = isNameAt(i) && !isCallAt(i + 1) && !tokenAt(i + 1, TokenKind.DOT);
      if (column && isColumn.test(((Token) item).name)) {
        qualified.add(new Token(TokenKind.IDENTIFIER, alias, alias));
        qualified.add(new Token(TokenKind.DOT, ".", "."));
      }
      qualified.add(item);
      if (tokenAt(i, TokenKind.TYPECAST)) {
        int end = Math.min(size(), i + 1 + Operand.typeLength(from(i + 1)));
        qualified.addAll(items.subList(i + 1, end));
        i = end - 1;
      }
    }
    return new Expression(qualified);
  }

  private boolean isNameAt(int i) {
    return i >= 0 && i < items.size() && items.get(i) instanceof Token token && token.isName();
  }

  private boolean isStarAt(int i) {
    return i < items.size() && items.get(i) instanceof Token token && token.text.equals("*");
  }

  /** A column as a plan names it: {@code *} is the whole row. */
  record ColumnReference(String alias, String column) {}
}
