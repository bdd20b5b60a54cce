package dev.logdex.normalizer.window;

import dev.logdex.normalizer.event.QueryWindow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The open windows of one database and stretch of time, by fingerprint: a hash table of our own
 * because its lookup runs for every logged statement and makes no object.
 */
final class Minute {
  private static final Comparator<OpenWindow> BY_FINGERPRINT =
      Comparator.comparing(window -> window.identity.fingerprint());

  final String database;
  final long startMs;
  final long endMs;
  final Instant start;

  private long[] fingerprints = new long[16];
  private @Nullable OpenWindow[] windows = new @Nullable OpenWindow[16];
  private int size;

  Minute(String database, long startMs, long endMs) {
    this.database = database;
    this.startMs = startMs;
    this.endMs = endMs;
    this.start = Instant.ofEpochMilli(startMs);
  }

  boolean isOf(String name, long atMs) {
    return atMs >= startMs && atMs < endMs && database.equals(name);
  }

  /** Different statements, without the window of others. */
  int statements() {
    return get(QueryWindow.OTHER.bits()) == null ? size : size - 1;
  }

  @Nullable OpenWindow get(long fingerprint) {
    return windows[place(fingerprint)];
  }

  void put(OpenWindow window) {
    if (2 * size >= windows.length) {
      grow();
    }
    int place = place(window.identity.fingerprint().bits());
    fingerprints[place] = window.identity.fingerprint().bits();
    windows[place] = window;
    size++;
  }

  /** All windows in an order that does not depend on how they came. */
  List<OpenWindow> all() {
    List<OpenWindow> all = new ArrayList<>(size);
    for (OpenWindow window : windows) {
      if (window != null) {
        all.add(window);
      }
    }
    all.sort(BY_FINGERPRINT);
    return all;
  }

  /** Where the fingerprint stands, or would. A fingerprint is a hash itself. */
  private int place(long fingerprint) {
    int mask = windows.length - 1;
    int place = (int) (fingerprint ^ (fingerprint >>> 32)) & mask;
    while (windows[place] != null && fingerprints[place] != fingerprint) {
      place = (place + 1) & mask;
    }
    return place;
  }

  private void grow() {
    List<OpenWindow> all = all();
    windows = new @Nullable OpenWindow[2 * windows.length];
    fingerprints = new long[windows.length];
    size = 0;
    all.forEach(this::put);
  }
}
