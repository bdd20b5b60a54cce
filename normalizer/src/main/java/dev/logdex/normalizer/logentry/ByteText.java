package dev.logdex.normalizer.logentry;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logdex.normalizer.text.Utf8;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * Text that grows by stretches of bytes. Most texts have only one: that one is not copied but
 * viewed, until more is added or the array that holds it is taken away. It is decoded once, at its
 * end, because a chunk may end inside a character; bytes that are no UTF-8 are replaced.
 */
final class ByteText {
  private static final byte[] NONE = {};
  private static final int LEAST_ROOM = 256;

  private byte[] bytes = NONE;
  private int from;
  private int to;
  private boolean owned = true;

  /** Adds a copy of a stretch. */
  void append(byte[] line, int start, int end) {
    makeRoom(end - start);
    System.arraycopy(line, start, bytes, to, end - start);
    to += end - start;
  }

  /** Adds a stretch of an array that stays as it is until {@link #detach} is called. */
  void view(byte[] line, int start, int end) {
    if (from == to) {
      bytes = line;
      from = start;
      to = end;
      owned = false;
    } else {
      append(line, start, end);
    }
  }

  void append(char ascii) {
    makeRoom(1);
    bytes[to++] = (byte) ascii;
  }

  /** From now on nothing is viewed. */
  void detach() {
    if (!owned) {
      own(to - from);
    }
  }

  void clear() {
    bytes = NONE;
    from = 0;
    to = 0;
    owned = true;
  }

  int length() {
    return to - from;
  }

  private void makeRoom(int more) {
    int length = to - from;
    if (!owned || length + more > bytes.length) {
      own(Math.max(LEAST_ROOM, Math.max(length + more, length + (length >> 1))));
    }
  }

  private void own(int capacity) {
    byte[] copy = new byte[capacity];
    System.arraycopy(bytes, from, copy, 0, to - from);
    to -= from;
    from = 0;
    bytes = copy;
    owned = true;
  }

  void write(DataOutputStream out) throws IOException {
    out.writeInt(to - from);
    out.write(bytes, from, to - from);
  }

  void read(DataInputStream in) throws IOException {
    bytes = in.readNBytes(in.readInt());
    from = 0;
    to = bytes.length;
    owned = true;
  }

  /** The beginning, at most this many bytes. */
  String toString(int maxBytes) {
    return new String(bytes, from, Math.min(maxBytes, to - from), UTF_8);
  }

  /** A view; good until the text is changed or detached. */
  Utf8 toUtf8() {
    return Utf8.view(bytes, from, to);
  }

  @Override
  public String toString() {
    return toString(Integer.MAX_VALUE);
  }
}
