package dev.logdex.ingest.syslog;

import java.util.concurrent.atomic.AtomicLong;

/** Bounds the bytes of messages that have begun and not ended, on all connections together. */
final class PartialBudget {
  private final long bytesMax;
  private final AtomicLong used = new AtomicLong();

  PartialBudget(long bytesMax) {
    this.bytesMax = bytesMax;
  }

  /** Takes the bytes if there are as many left. */
  boolean take(long bytes) {
    if (used.addAndGet(bytes) > bytesMax) {
      used.addAndGet(-bytes);
      return false;
    }
    return true;
  }

  void give(long bytes) {
    used.addAndGet(-bytes);
  }

  long used() {
    return used.get();
  }
}
