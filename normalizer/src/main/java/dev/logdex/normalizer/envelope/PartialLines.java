package dev.logdex.normalizer.envelope;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logdex.normalizer.text.Place;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Beginnings of lines that container runtimes cut, by stream, until the end comes. Bounded in the
 * length of a line, in all together and in streams. Pieces of state are the cut parts themselves,
 * so a long line is not written again with each of its parts.
 */
final class PartialLines {
  /** A part in the state has its number behind this; streams hold no line ends. */
  private static final char NUMBER = '\n';

  private static final int MAX_STREAMS = 1000;
  private static final int LINES_TOGETHER = 4;

  /** What was cut off a stream's line so far. */
  static final class Beginning {
    private final Place place;
    private final List<byte[]> parts = new ArrayList<>();
    private int length;
    private int storedParts;
    private boolean tooLong;

    private Beginning(Place place) {
      this.place = place;
    }

    /** Where its first part stood. */
    Place place() {
      return place;
    }

    int length() {
      return length;
    }

    /** The line's beginning is gone, because it was too long. */
    boolean isTooLong() {
      return tooLong;
    }

    /** The parts one after the other, and then the given end. */
    byte[] join(byte[] bytes, int from, int to) {
      byte[] whole = new byte[length + to - from];
      int at = 0;
      for (byte[] part : parts) {
        System.arraycopy(part, 0, whole, at, part.length);
        at += part.length;
      }
      System.arraycopy(bytes, from, whole, at, to - from);
      return whole;
    }
  }

  private final int maxLength;

  /** The one that waits for longest first. */
  private final Map<String, Beginning> beginnings = new LinkedHashMap<>();

  private final Map<String, byte @Nullable []> changes = new LinkedHashMap<>();
  private long kept;

  PartialLines(int maxLength) {
    this.maxLength = maxLength;
  }

  boolean isEmpty() {
    return beginnings.isEmpty();
  }

  /**
   * Keeps a part.
   *
   * @param place where it stands
   * @return a beginning that has to be given up for want of room: this one or an older one
   */
  @Nullable Beginning add(String stream, Place place, byte[] bytes, int from, int to) {
    Beginning beginning = beginnings.computeIfAbsent(stream, name -> new Beginning(place));
    if (beginning.tooLong) {
      return null;
    }
    if (beginning.length + (to - from) > maxLength) {
      Beginning given = copy(beginning, bytes, from, Math.min(to, from + 256));
      forgetParts(stream, beginning);
      beginning.tooLong = true;
      // an empty part: what still comes of the line is swallowed
      put(stream, beginning, new byte[0]);
      return given;
    }
    put(stream, beginning, Arrays.copyOfRange(bytes, from, to));
    return beginnings.size() > MAX_STREAMS || kept > (long) LINES_TOGETHER * maxLength
        ? takeEldest()
        : null;
  }

  /** Takes the stream's beginning away; null when its line has not begun. */
  @Nullable Beginning take(String stream) {
    Beginning beginning = beginnings.remove(stream);
    if (beginning != null) {
      int length = beginning.length;
      List<byte[]> parts = List.copyOf(beginning.parts);
      forgetParts(stream, beginning);
      beginning.parts.addAll(parts);
      beginning.length = length;
    }
    return beginning;
  }

  /** Takes the beginning that waits for longest; null when there is none. */
  @Nullable Beginning takeEldest() {
    return beginnings.isEmpty() ? null : take(beginnings.keySet().iterator().next());
  }

  private static Beginning copy(Beginning beginning, byte[] bytes, int from, int to) {
    Beginning copy = new Beginning(beginning.place);
    copy.parts.addAll(beginning.parts);
    copy.parts.add(Arrays.copyOfRange(bytes, from, to));
    copy.length = beginning.length + to - from;
    copy.tooLong = true;
    return copy;
  }

  private void put(String stream, Beginning beginning, byte[] part) {
    byte[] piece = beginning.storedParts == 0 ? first(beginning.place, part) : marked(part);
    changes.put(stream + NUMBER + beginning.storedParts++, piece);
    beginning.parts.add(part);
    beginning.length += part.length;
    kept += part.length;
  }

  private void forgetParts(String stream, Beginning beginning) {
    for (int i = 0; i < beginning.storedParts; i++) {
      changes.put(stream + NUMBER + i, null);
    }
    kept -= beginning.length;
    beginning.storedParts = 0;
    beginning.parts.clear();
    beginning.length = 0;
  }

  /** Gives the parts that came or went since the last call; null for one that went. */
  void drainChanges(BiConsumer<String, byte @Nullable []> taker) {
    changes.forEach(taker);
    changes.clear();
  }

  /** The first part with its place before it. */
  private static byte[] first(Place place, byte[] part) {
    byte[] record = place.record().getBytes(UTF_8);
    return ByteBuffer.allocate(1 + Integer.BYTES + record.length + Long.BYTES + part.length)
        .put((byte) 1)
        .putInt(record.length)
        .put(record)
        .putLong(place.line())
        .put(part)
        .array();
  }

  /** Stores keep no empty pieces. */
  private static byte[] marked(byte[] part) {
    byte[] piece = new byte[part.length + 1];
    System.arraycopy(part, 0, piece, 1, part.length);
    return piece;
  }

  void restore(Map<String, byte[]> parts) {
    Map<String, TreeMap<Integer, byte[]>> sorted = new TreeMap<>();
    parts.forEach(
        (name, part) -> {
          int number = name.lastIndexOf(NUMBER);
          sorted
              .computeIfAbsent(name.substring(0, number), stream -> new TreeMap<>())
              .put(Integer.parseInt(name.substring(number + 1)), part);
        });
    sorted.forEach((stream, all) -> restore(stream, List.copyOf(all.values())));
    changes.clear();
  }

  private void restore(String stream, List<byte[]> pieces) {
    ByteBuffer first = ByteBuffer.wrap(pieces.get(0));
    Place place = new Place("", 0);
    if (first.get() == 1) {
      byte[] record = new byte[first.getInt()];
      first.get(record);
      place = new Place(new String(record, UTF_8), first.getLong());
    }
    Beginning beginning = new Beginning(place);
    beginnings.put(stream, beginning);
    byte[] part = new byte[first.remaining()];
    first.get(part);
    put(stream, beginning, part);
    pieces.stream()
        .skip(1)
        .forEach(piece -> put(stream, beginning, Arrays.copyOfRange(piece, 1, piece.length)));
    beginning.tooLong = beginning.length == 0;
  }

  /** The first bytes of a beginning, for a dead letter. */
  static byte[] excerpt(Beginning beginning) {
    byte[] whole = beginning.join(new byte[0], 0, 0);
    return whole.length > 0 ? whole : "(too long)".getBytes(UTF_8);
  }
}
