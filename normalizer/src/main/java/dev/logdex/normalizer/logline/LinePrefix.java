package dev.logdex.normalizer.logline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A {@code log_line_prefix}, compiled into a matcher over bytes. It matches where the whole prefix
 * (or, in background processes, the part before {@code %q}) is followed by a level word.
 */
public final class LinePrefix {
  /** One element of the prefix: literal text, an escape, or {@code %q} when both are absent. */
  private static final class Item {
    private final byte @Nullable [] literal;
    private final @Nullable Escape escape;
    private final int padding;

    Item(byte @Nullable [] literal, @Nullable Escape escape, int padding) {
      this.literal = literal;
      this.escape = escape;
      this.padding = padding;
    }

    boolean isStop() {
      return literal == null && escape == null;
    }
  }

  /** How names are looked for, tried in this order. */
  private enum Names {
    /** Without blanks and separators, as nearly all names are. */
    PLAIN,
    ANY
  }

  private static final int MAX_PADDING = 1000;

  private final String text;
  private final Item[] items;
  private final boolean hasNames;
  private final boolean anchored;

  /** Names stand behind a %q, so a line that has them at all has them filled. */
  private final boolean namesOnlyInSessions;

  private LinePrefix(String text, List<Item> items) {
    this.text = text;
    this.items = items.toArray(new Item[0]);
    this.hasNames = has(Escape.USER) || has(Escape.DATABASE);
    this.anchored =
        (has(Escape.TIME) || has(Escape.TIME_WITH_MILLIS) || has(Escape.EPOCH))
            && (has(Escape.PROCESS) || has(Escape.SESSION));
    this.namesOnlyInSessions = hasNames && stopsBeforeNames();
  }

  /** Compiles a prefix as {@code SHOW log_line_prefix} prints it. Any text is a prefix. */
  public static LinePrefix compile(String prefix) {
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
      Escape escape = Escape.of(letter);
      if (escape != null || letter == 'q') {
        closeLiteral(items, literal);
        items.add(new Item(null, escape, padding(prefix, padFrom, at - 1)));
      }
    }
    closeLiteral(items, literal);
    return new LinePrefix(prefix, items);
  }

  /** Reads a line that begins with this prefix and a level word. */
  public boolean match(byte[] line, int from, int to, PrefixMatch match) {
    return match(line, from, to, match, null);
  }

  /**
   * As above, but where a line can be read in several ways, user and database are to be a pair that
   * the log is known to have.
   */
  boolean match(byte[] line, int from, int to, PrefixMatch match, @Nullable KnownNames known) {
    if (known != null) {
      return new Attempt(line, to, match, Names.ANY, known).from(0, from, true);
    }
    return new Attempt(line, to, match, Names.PLAIN, null).from(0, from, true)
        || (hasNames && new Attempt(line, to, match, Names.ANY, null).from(0, from, true));
  }

  /** Whether the prefix is nothing at all, so that any level word at a line's start fits. */
  boolean isEmpty() {
    return items.length == 0;
  }

  /** Whether time and process are in it: enough to recognise a line in the middle of another. */
  boolean isAnchored() {
    return anchored;
  }

  boolean hasNames() {
    return hasNames;
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
      if (item.isStop()) {
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
      items.add(new Item(literal.toByteArray(), null, 0));
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

  /** One try at one line; going back happens only at open shapes. */
  private final class Attempt {
    private final byte[] line;
    private final int to;
    private final PrefixMatch match;
    private final Names names;
    private final @Nullable KnownNames known;

    Attempt(byte[] line, int to, PrefixMatch match, Names names, @Nullable KnownNames known) {
      this.line = line;
      this.to = to;
      this.match = match;
      this.names = names;
      this.known = known;
    }

    /** Matches the items from {@code index} on and the level word after them. */
    boolean from(int index, int position, boolean begin) {
      if (begin) {
        match.begin(line);
      }
      int at = position;
      for (int i = index; i < items.length; i++) {
        Item item = items[i];
        byte[] literal = item.literal;
        if (literal != null) {
          if (!Bytes.startsWith(line, at, to, literal)) {
            return false;
          }
          at += literal.length;
          match.addEvidence(literal.length);
        } else if (item.isStop()) {
          if (known == null && match.word(at, to)) {
            return true;
          }
        } else {
          return value(i, item, at);
        }
      }
      if (namesOnlyInSessions && match.hasNoNames()) {
        return false;
      }
      return match.word(at, to) && (known == null || known.contains(match));
    }

    private boolean value(int index, Item item, int at) {
      Escape escape = requireNonNull(item.escape);
      return escape.shape().isOpen()
          ? openValue(index, item, escape, at)
          : closedValue(index, item, escape, at);
    }

    private boolean closedValue(int index, Item item, Escape escape, int at) {
      int width = Math.abs(item.padding);
      int valueFrom = item.padding > 0 ? skipBlanks(at, at + width) : at;
      int valueTo = escape.shape().end(line, valueFrom, to);
      if (valueTo >= 0) {
        int end = endOfField(item, at, valueFrom, valueTo);
        if (end >= 0 && take(index, escape, valueFrom, valueTo, end, 3)) {
          return true;
        }
      }
      return escape.mayBeEmpty()
          && skipBlanks(at, at + width) == at + width
          && take(index, escape, at, at, at + width, 0);
    }

    /** Where the padded field ends, or a negative number when the padding does not fit. */
    private int endOfField(Item item, int at, int valueFrom, int valueTo) {
      int width = Math.abs(item.padding);
      if (item.padding < 0 && valueTo - at < width) {
        return skipBlanks(valueTo, at + width) == at + width ? at + width : -1;
      }
      boolean blanksOnlyToFill = valueFrom == at || valueTo - at == width;
      return blanksOnlyToFill && valueTo - at >= width ? valueTo : -1;
    }

    private boolean openValue(int index, Item item, Escape escape, int at) {
      int width = Math.abs(item.padding);
      int last = Math.min(to, at + Math.max(width, escape.shape().maxBytes()));
      byte @Nullable [] next = index + 1 < items.length ? items[index + 1].literal : null;
      for (int end = at; end <= last; end++) {
        boolean nextFits = next == null || (end < to && line[end] == next[0]);
        if (nextFits && end - at >= width && takeOpen(index, item, escape, at, end)) {
          return true;
        }
        if (end < to && !mayHold(escape, line[end], end - at < width)) {
          return false;
        }
      }
      return false;
    }

    private boolean takeOpen(int index, Item item, Escape escape, int at, int end) {
      int valueFrom = at;
      int valueTo = end;
      if (end - at == Math.abs(item.padding)) {
        if (item.padding > 0) {
          valueFrom = skipBlanks(at, end);
        }
        while (item.padding < 0 && valueTo > at && line[valueTo - 1] == ' ') {
          valueTo--;
        }
      }
      return take(index, escape, valueFrom, valueTo, end, 1);
    }

    private boolean take(int index, Escape escape, int from, int valueTo, int end, int weight) {
      int evidence = match.evidence();
      match.put(escape, from, valueTo);
      match.addEvidence(weight);
      if (from(index + 1, end, false)) {
        // an escape may stand twice; the first one counts
        match.put(escape, from, valueTo);
        return true;
      }
      match.clear(escape);
      match.restoreEvidence(evidence);
      return false;
    }

    private boolean mayHold(Escape escape, byte b, boolean inPadding) {
      if (b == ' ' && inPadding) {
        return true;
      }
      if (escape.shape() == Shape.NAME && names == Names.PLAIN) {
        return b != ' ' && b != '@' && b != ',' && b != '"';
      }
      return escape.shape().mayHold(b);
    }

    private int skipBlanks(int from, int limit) {
      int at = from;
      while (at < limit && at < to && line[at] == ' ') {
        at++;
      }
      return at;
    }
  }
}
