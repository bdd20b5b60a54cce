package dev.logdex.normalizer.logentry;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * State as named pieces of bytes. A long one is cut into slices, because a store's changelog takes
 * no record over 1 MB. Names read {@code kind/slice/key}.
 */
final class StatePieces {
  interface Writer {
    void write(DataOutputStream out) throws IOException;
  }

  static final int SLICE_BYTES = 256 << 10;

  /** How many slices a store holds of each piece that has more than one. */
  private final Map<String, Integer> slices = new HashMap<>();

  /** Gives one piece in its slices, and null for slices that it had before and has no more. */
  void give(
      String kind,
      String key,
      @Nullable Writer state,
      BiConsumer<String, byte @Nullable []> changes)
      throws IOException {
    byte[] bytes = state == null ? new byte[0] : bytes(state);
    int count = (bytes.length + SLICE_BYTES - 1) / SLICE_BYTES;
    for (int i = 0; i < count; i++) {
      int from = i * SLICE_BYTES;
      int to = Math.min(bytes.length, from + SLICE_BYTES);
      changes.accept(name(kind, i, key), Arrays.copyOfRange(bytes, from, to));
    }
    int before = slices.getOrDefault(kind + "/" + key, 1);
    for (int i = count; i < before; i++) {
      changes.accept(name(kind, i, key), null);
    }
    if (count > 1) {
      slices.put(kind + "/" + key, count);
    } else {
      slices.remove(kind + "/" + key);
    }
  }

  /** Puts slices together again: by kind, then by key. */
  Map<String, Map<String, DataInputStream>> take(Iterable<Map.Entry<String, byte[]>> pieces)
      throws IOException {
    Map<String, Map<String, SortedMap<Integer, byte[]>>> sorted = new HashMap<>();
    for (Map.Entry<String, byte[]> piece : pieces) {
      String[] name = piece.getKey().split("/", 3);
      if (name.length != 3) {
        throw new IOException("no piece of state: " + piece.getKey());
      }
      sorted
          .computeIfAbsent(name[0], kind -> new LinkedHashMap<>())
          .computeIfAbsent(name[2], key -> new TreeMap<>())
          .put(sliceNumber(name[1]), piece.getValue());
    }
    Map<String, Map<String, DataInputStream>> states = new HashMap<>();
    sorted.forEach((kind, keys) -> states.put(kind, join(kind, keys)));
    return states;
  }

  private Map<String, DataInputStream> join(
      String kind, Map<String, SortedMap<Integer, byte[]>> keys) {
    Map<String, DataInputStream> joined = new LinkedHashMap<>();
    keys.forEach(
        (key, parts) -> {
          ByteArrayOutputStream all = new ByteArrayOutputStream();
          parts.values().forEach(all::writeBytes);
          joined.put(key, new DataInputStream(new ByteArrayInputStream(all.toByteArray())));
          if (parts.size() > 1) {
            slices.put(kind + "/" + key, parts.size());
          }
        });
    return joined;
  }

  private static int sliceNumber(String text) throws IOException {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IOException("no number of a slice: " + text, e);
    }
  }

  private static String name(String kind, int slice, String key) {
    return kind + "/" + slice + "/" + key;
  }

  private static byte[] bytes(Writer state) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      state.write(out);
    }
    return bytes.toByteArray();
  }
}
