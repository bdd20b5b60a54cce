package dev.logdex.normalizer.window;

import dev.logdex.normalizer.event.QueryWindow;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Bounds the different statements of a database and window where the parts of several tasks come
 * together. Those that came first stay; the others belong into {@link WindowSum#ofOthers}.
 */
public final class FingerprintCap {
  private final int most;
  private final Map<Key, Integer> held = new HashMap<>();

  public FingerprintCap(int most) {
    this.most = most;
  }

  /** Takes note of a window that is held, and so needs no leave to be. */
  public void hold(QueryWindow window) {
    if (!window.ofOtherStatements()) {
      held.merge(key(window), 1, Integer::sum);
    }
  }

  /** Whether a window that is not held may be, beside those of its database and time. */
  public boolean hasRoomFor(QueryWindow window) {
    return window.ofOtherStatements() || held.getOrDefault(key(window), 0) < most;
  }

  /** Takes note that a window is held no more. */
  public void release(QueryWindow window) {
    if (!window.ofOtherStatements()) {
      held.computeIfPresent(key(window), (key, count) -> count == 1 ? null : count - 1);
    }
  }

  private static Key key(QueryWindow window) {
    return new Key(window.database(), window.windowStart());
  }

  private record Key(String database, Instant start) {}
}
