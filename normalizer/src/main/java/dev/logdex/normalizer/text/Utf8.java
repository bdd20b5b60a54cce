package dev.logdex.normalizer.text;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/**
 * A stretch of bytes that are UTF-8, or were meant to be: whatever is not is replaced when the text
 * is decoded. Most texts of a log are never decoded.
 *
 * <p>It may be a view of an array that somebody else will write over: whoever keeps a text beyond
 * the call that gave it takes a {@link #detached} one.
 */
public final class Utf8 {
  public static final Utf8 EMPTY = new Utf8(new byte[0], 0, 0, true);

  private final byte[] bytes;
  private final int from;
  private final int to;
  private final boolean owned;

  private Utf8(byte[] bytes, int from, int to, boolean owned) {
    this.bytes = bytes;
    this.from = from;
    this.to = to;
    this.owned = owned;
  }

  public static Utf8 of(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    return new Utf8(bytes, 0, bytes.length, true);
  }

  /** A view: the text changes when the array does. */
  public static Utf8 view(byte[] bytes, int from, int to) {
    if (from < 0 || to < from || to > bytes.length) {
      throw new IndexOutOfBoundsException(from + " to " + to + " of " + bytes.length);
    }
    return new Utf8(bytes, from, to, false);
  }

  /** A copy. */
  public static Utf8 copy(byte[] bytes, int from, int to) {
    return new Utf8(Arrays.copyOfRange(bytes, from, to), 0, to - from, true);
  }

  /** The same text in an array of its own. */
  public Utf8 detached() {
    return owned ? this : copy(bytes, from, to);
  }

  /** The array that holds the text, from {@link #from} to {@link #to}; not to be written to. */
  public byte[] bytes() {
    return bytes;
  }

  public int from() {
    return from;
  }

  public int to() {
    return to;
  }

  /** In bytes. */
  public int length() {
    return to - from;
  }

  public boolean isEmpty() {
    return from == to;
  }

  public byte at(int index) {
    return bytes[from + index];
  }

  /** The part from one index to before another. */
  public Utf8 part(int start, int end) {
    if (start < 0 || end < start || from + end > to) {
      throw new IndexOutOfBoundsException(start + " to " + end + " of " + length());
    }
    return new Utf8(bytes, from + start, from + end, false);
  }

  public Utf8 part(int start) {
    return part(start, length());
  }

  public boolean startsWith(byte[] expected, int index) {
    int start = from + index;
    int end = start + expected.length;
    return index >= 0
        && end <= to
        && Arrays.equals(bytes, start, end, expected, 0, expected.length);
  }

  public boolean startsWith(byte[] expected) {
    return startsWith(expected, 0);
  }

  /** The first index at or after {@code index} that holds the byte; -1 when none does. */
  public int indexOf(byte wanted, int index) {
    for (int at = from + index; at < to; at++) {
      if (bytes[at] == wanted) {
        return at - from;
      }
    }
    return -1;
  }

  /** The first index at or after {@code index} where the bytes stand; -1 when they do not. */
  public int indexOf(byte[] wanted, int index) {
    for (int at = index; at + wanted.length <= length(); at++) {
      if (startsWith(wanted, at)) {
        return at;
      }
    }
    return -1;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Utf8 text
        && Arrays.equals(bytes, from, to, text.bytes, text.from, text.to);
  }

  @Override
  public int hashCode() {
    int hash = 1;
    for (int at = from; at < to; at++) {
      hash = 31 * hash + bytes[at];
    }
    return hash;
  }

  /** Decoded; bytes that are no UTF-8 are replaced. */
  @Override
  public String toString() {
    return new String(bytes, from, to - from, UTF_8);
  }
}
