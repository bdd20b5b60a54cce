package dev.logdex.normalizer.logline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A {@code log_line_prefix}, compiled into a matcher over bytes. It matches where the whole prefix
 * (or, in background processes, the part before {@code %q}) is followed by a level word.
 *
 * <p>Nearly every line is read in one go from left to right, each value up to the first separator.
 * Where that does not lead to a level word, or leads to names that are not among the known ones
 * although some of those hold separators, {@link PrefixSearch} looks at every way to read the line.
 */
public final class LinePrefix {
  /** What an element of a prefix is. */
  enum Kind {
    LITERAL,
    /** A value that ends by itself. */
    CLOSED,
    /** A value that only what follows ends. */
    OPEN,
    /** {@code %q}. */
    STOP
  }

  /** One element of the prefix. */
  static final class Item {
    private final Kind kind;
    private final byte[] literal;
    private final @Nullable Escape escape;

    /** Least width; negative when the blanks that fill it stand behind the value. */
    private final int padding;

    /** The literal that follows; empty when none does. */
    private byte[] next = NONE;

    /** Open values, for each byte: whether it may end the value, or cannot stand in a usual one. */
    private byte[] meanings = NONE;

    /** Whether it is certain, when the value has been read, that it ends there. */
    private boolean sure = true;

    Item(Kind kind, byte[] literal, @Nullable Escape escape, int padding) {
      this.kind = kind;
      this.literal = literal;
      this.escape = escape;
      this.padding = padding;
    }

    Kind kind() {
      return kind;
    }

    byte[] literal() {
      return literal;
    }

    Escape escape() {
      return requireNonNull(escape);
    }

    int padding() {
      return padding;
    }

    byte[] next() {
      return next;
    }
  }

  private static final byte[] NONE = {};
  private static final int MAX_PADDING = 1000;

  // what a byte means in an open value
  private static final byte GOES_ON = 0;
  private static final byte MAY_END = 1;
  private static final byte IS_ODD = 2;

  // what reading in one go may come to
  private static final int MATCHES = 1;
  private static final int DOES_NOT = 0;
  private static final int UNSURE = -1;

  private final String text;
  private final Item[] items;
  private final boolean hasNames;
  private final boolean anchored;
  private final boolean timed;

  /** A zone stands at the end, and nothing between it and the level word. */
  private final boolean endsInLetters;

  /** Names stand behind a %q, so a line that has them at all has them filled. */
  private final boolean namesOnlyInSessions;

  /** The first bytes of what follows names, so that a name with one of them needs care. */
  private final BitSet separators = new BitSet();

  private LinePrefix(String text, List<Item> items) {
    this.text = text;
    this.items = items.toArray(new Item[0]);
    link();
    this.hasNames = has(Escape.USER) || has(Escape.DATABASE);
    this.timed = has(Escape.TIME) || has(Escape.TIME_WITH_MILLIS) || has(Escape.EPOCH);
    this.anchored = timed && (has(Escape.PROCESS) || has(Escape.SESSION));
    Item last = this.items.length == 0 ? null : this.items[this.items.length - 1];
    this.endsInLetters =
        last != null && last.kind == Kind.CLOSED && last.escape().shape().endsInLetters();
    this.namesOnlyInSessions = hasNames && stopsBeforeNames();
  }

  /** Compiles a prefix as {@code SHOW log_line_prefix} prints it. Any text is a prefix. */
  public static LinePrefix compile(String prefix) {
    return compile(prefix, false);
  }

  /** As {@link #compile(String)}; {@code %*} stands for text that differs between servers. */
  static LinePrefix compilePattern(String pattern) {
    return compile(pattern, true);
  }

  private static LinePrefix compile(String prefix, boolean pattern) {
    List<Item> items = new ArrayList<>();
    ByteArrayOutputStream literal = new ByteArrayOutputStream();
    int at = 0;
    while (at < prefix.length()) {
      char c = prefix.charAt(at++);
      if (c != '%') {
        int next = c >= 0x80 && at < prefix.length() ? prefix.offsetByCodePoints(at - 1, 1) : at;
        literal.writeBytes(prefix.substring(at - 1, next).getBytes(UTF_8));
        at = next;
        continue;
      }
      int padFrom = at;
      at = endOfPadding(prefix, at);
      if (at >= prefix.length()) {
        break; // the server ignores an escape that the end cuts
      }
      char letter = prefix.charAt(at++);
      if (letter == '%') {
        literal.write('%');
        continue;
      }
      Escape escape = pattern && letter == '*' ? Escape.ANYTHING : Escape.of(letter);
      if (escape != null || letter == 'q') {
        closeLiteral(items, literal);
        items.add(item(escape, padding(prefix, padFrom, at - 1)));
      }
    }
    closeLiteral(items, literal);
    return new LinePrefix(prefix, items);
  }

  private static Item item(@Nullable Escape escape, int padding) {
    if (escape == null) {
      return new Item(Kind.STOP, NONE, null, 0);
    }
    Kind kind = escape.shape().isOpen() ? Kind.OPEN : Kind.CLOSED;
    return new Item(kind, NONE, escape, padding);
  }

  private void link() {
    for (int i = 0; i < items.length; i++) {
      Item item = items[i];
      boolean last = i + 1 == items.length;
      item.next = last ? NONE : items[i + 1].literal;
      if (item.kind == Kind.OPEN) {
        item.sure = false;
        item.meanings = meanings(item);
      } else if (item.kind == Kind.CLOSED) {
        item.sure =
            last
                ? !item.escape().shape().endsInLetters()
                : item.next.length > 0 && !maySeemValue(item.next[0]);
      }
      if (item.kind == Kind.OPEN && item.escape().isChosen()) {
        separators.set(item.next.length > 0 ? item.next[0] & 0xff : ' ');
      }
    }
  }

  private static byte[] meanings(Item item) {
    byte[] meanings = new byte[256];
    Shape shape = item.escape().shape();
    for (int b = 0; b < meanings.length; b++) {
      boolean usual = shape == Shape.NAME ? Shape.isPlain((byte) b) : shape.mayHold((byte) b);
      meanings[b] = usual ? GOES_ON : IS_ODD;
    }
    if (item.next.length > 0) {
      meanings[item.next[0] & 0xff] = MAY_END;
    }
    return meanings;
  }

  private static boolean maySeemValue(byte b) {
    return Bytes.isDigit(b) || Bytes.isLetter(b) || b == '.' || b == '-' || b == '_';
  }

  /** Reads a line that begins with this prefix and a level word. */
  public boolean match(byte[] line, int from, int to, PrefixMatch match) {
    return match(line, from, to, match, KnownNames.NONE);
  }

  /**
   * As above, but where a line can be read in several ways, user, database and application are to
   * be those that the log is known to have.
   */
  boolean match(byte[] line, int from, int to, PrefixMatch match, KnownNames known) {
    int outcome = readInOneGo(line, from, to, match);
    if (outcome == DOES_NOT) {
      return false;
    }
    boolean needsCare = hasNames && known.mayHoldAny(separators);
    if (outcome == MATCHES && (!needsCare || known.agreeWith(match))) {
      return true;
    }
    boolean mayMatch =
        endsInLetters
            || match.takesUnknownWords()
            || LineWords.anywhere(line, from, Math.min(to, from + PrefixSearch.MAX_PREFIX_BYTES));
    if (!mayMatch) {
      return false;
    }
    return new PrefixSearch(this, line, to, match, known).from(from);
  }

  private int readInOneGo(byte[] line, int from, int to, PrefixMatch match) {
    match.begin(line);
    int unless = DOES_NOT;
    int at = from;
    for (Item item : items) {
      if (item.kind == Kind.STOP) {
        if (match.word(at, to)) {
          return MATCHES;
        }
        continue;
      }
      int end = end(item, line, at, to, match);
      if (!item.sure) {
        unless = UNSURE;
      }
      if (end < 0) {
        return unless;
      }
      at = end;
    }
    boolean complete = !(namesOnlyInSessions && match.hasNoNames()) && match.word(at, to);
    return complete ? MATCHES : unless;
  }

  /** Where the item ends; negative when it does not stand here. */
  private static int end(Item item, byte[] line, int at, int to, PrefixMatch match) {
    if (item.kind == Kind.LITERAL) {
      match.addEvidence(item.literal.length);
      return Bytes.startsWith(line, at, to, item.literal) ? at + item.literal.length : -1;
    }
    if (item.kind == Kind.CLOSED) {
      return item.padding == 0
          ? closed(item, line, at, to, match)
          : paddedClosed(item, line, at, to, match);
    }
    return item.padding == 0
        ? open(item, line, at, to, match)
        : paddedOpen(item, line, at, to, match);
  }

  private static int closed(Item item, byte[] line, int at, int to, PrefixMatch match) {
    Escape escape = item.escape();
    int end = escape.shape().end(line, at, to);
    if (end >= 0) {
      match.put(escape, at, end);
      match.addEvidence(3);
      return end;
    }
    if (escape.mayBeEmpty()) {
      match.put(escape, at, at);
      return at;
    }
    return -1;
  }

  private static int paddedClosed(Item item, byte[] line, int at, int to, PrefixMatch match) {
    Escape escape = item.escape();
    int width = Math.abs(item.padding);
    int fieldTo = at + width;
    int valueFrom = item.padding > 0 ? skipBlanks(line, at, Math.min(fieldTo, to)) : at;
    int valueTo = escape.shape().end(line, valueFrom, to);
    if (valueTo < 0) {
      boolean blank = fieldTo <= to && skipBlanks(line, at, fieldTo) == fieldTo;
      if (!blank || !escape.mayBeEmpty()) {
        return -1;
      }
      match.put(escape, at, at);
      return fieldTo;
    }
    int end = endOfField(item, line, at, valueFrom, valueTo, to);
    if (end >= 0) {
      match.put(escape, valueFrom, valueTo);
      match.addEvidence(3);
    }
    return end;
  }

  /** Where the padded field ends, or a negative number when the padding does not fit. */
  static int endOfField(Item item, byte[] line, int at, int valueFrom, int valueTo, int to) {
    int width = Math.abs(item.padding);
    int fieldTo = at + width;
    if (item.padding < 0 && valueTo < fieldTo) {
      return fieldTo <= to && skipBlanks(line, valueTo, fieldTo) == fieldTo ? fieldTo : -1;
    }
    boolean blanksOnlyToFill = valueFrom == at || valueTo == fieldTo;
    return blanksOnlyToFill && valueTo >= fieldTo ? valueTo : -1;
  }

  private static int open(Item item, byte[] line, int at, int to, PrefixMatch match) {
    byte[] next = item.next;
    if (next.length == 0) {
      return -1;
    }
    Escape escape = item.escape();
    Shape shape = escape.shape();
    byte[] meanings = item.meanings;
    int limit = Math.min(to, at + shape.maxBytes() + 1);
    for (int end = at; end < limit; end++) {
      byte meaning = meanings[line[end] & 0xff];
      if (meaning == GOES_ON) {
        continue;
      }
      if (meaning == MAY_END && Bytes.startsWith(line, end, to, next)) {
        match.put(escape, at, end);
        match.addEvidence(1);
        return end;
      }
      if (meaning == IS_ODD || shape != Shape.TEXT) {
        return -1;
      }
    }
    return -1;
  }

  /** A value that is not longer than its width; others are searched for. */
  private static int paddedOpen(Item item, byte[] line, int at, int to, PrefixMatch match) {
    int end = at + Math.abs(item.padding);
    if (end > to || !Bytes.startsWith(line, end, to, item.next)) {
      return -1;
    }
    boolean fills = line[item.padding > 0 ? at : end - 1] == ' ';
    if (item.next.length == 0 && !fills) {
      return -1;
    }
    putTrimmed(item, line, at, end, match);
    match.addEvidence(1);
    return match.isUsual(item.escape()) ? end : -1;
  }

  /** Puts the value of a field that is as wide as its padding. */
  static void putTrimmed(Item item, byte[] line, int at, int end, PrefixMatch match) {
    int valueFrom = item.padding > 0 ? skipBlanks(line, at, end) : at;
    int valueTo = end;
    while (item.padding < 0 && valueTo > at && line[valueTo - 1] == ' ') {
      valueTo--;
    }
    match.put(item.escape(), valueFrom, valueTo);
  }

  static int skipBlanks(byte[] line, int from, int limit) {
    int at = from;
    while (at < limit && line[at] == ' ') {
      at++;
    }
    return at;
  }

  Item[] items() {
    return items;
  }

  /** Whether the prefix is nothing at all, so that any level word at a line's start fits. */
  boolean isEmpty() {
    return items.length == 0;
  }

  /** Whether time and process are in it: enough to recognise a line in the middle of another. */
  boolean isAnchored() {
    return anchored;
  }

  boolean isTimed() {
    return timed;
  }

  boolean hasNames() {
    return hasNames;
  }

  /** Whether a line that reaches the names has them filled. */
  boolean hasNamesOnlyInSessions() {
    return namesOnlyInSessions;
  }

  boolean has(Escape escape) {
    for (Item item : items) {
      if (item.escape == escape) {
        return true;
      }
    }
    return false;
  }

  private boolean stopsBeforeNames() {
    for (Item item : items) {
      if (item.kind == Kind.STOP) {
        return true;
      }
      if (item.escape == Escape.USER || item.escape == Escape.DATABASE) {
        return false;
      }
    }
    return false;
  }

  /** The prefix as it was written. */
  @Override
  public String toString() {
    return text;
  }

  private static void closeLiteral(List<Item> items, ByteArrayOutputStream literal) {
    if (literal.size() > 0) {
      items.add(new Item(Kind.LITERAL, literal.toByteArray(), null, 0));
      literal.reset();
    }
  }

  private static int endOfPadding(String prefix, int from) {
    int at = from < prefix.length() && prefix.charAt(from) == '-' ? from + 1 : from;
    while (at < prefix.length() && prefix.charAt(at) >= '0' && prefix.charAt(at) <= '9') {
      at++;
    }
    return at;
  }

  private static int padding(String prefix, int from, int to) {
    String digits = prefix.substring(from, to);
    if (digits.isEmpty() || digits.equals("-")) {
      return 0;
    }
    boolean left = digits.startsWith("-");
    String number = left ? digits.substring(1) : digits;
    int width = number.length() > 4 ? MAX_PADDING : Integer.parseInt(number);
    return left ? -width : width;
  }
}
