package dev.logdex.ingest.outlet;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How many bytes are not safe yet, and who waits until they are fewer. Whoever reads may overshoot
 * by what it has read already; for use by any thread.
 */
public final class Room {
  private final long bytesMax;
  private final AtomicLong used = new AtomicLong();
  private final Set<Runnable> waiting = ConcurrentHashMap.newKeySet();

  Room(long bytesMax) {
    this.bytesMax = bytesMax;
  }

  /** Whether senders that can be held back are to go on. */
  public boolean isOpen() {
    return used.get() < bytesMax / 2;
  }

  /** Whether senders that cannot be held back have to be dropped. */
  public boolean isFull() {
    return used.get() >= bytesMax;
  }

  /** Bytes that are not safe yet. */
  public long used() {
    return used.get();
  }

  /** Calls back once, as soon as there is room; at once, when there is. By any thread. */
  public void whenOpen(Runnable call) {
    waiting.add(call);
    callWaiting();
  }

  void take(long bytes) {
    used.addAndGet(bytes);
  }

  void give(long bytes) {
    // a quarter of room at once, or held senders would start and stop for every parcel
    if (used.addAndGet(-bytes) < bytesMax / 4) {
      callWaiting();
    }
  }

  private void callWaiting() {
    if (waiting.isEmpty() || !isOpen()) {
      return;
    }
    List<Runnable> calls = new ArrayList<>(waiting);
    calls.stream().filter(waiting::remove).forEach(Runnable::run);
  }
}
