package dev.logdex.recommender.http;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Locks out, for a while, addresses that sent too many wrong tokens. For any thread. */
final class WrongTokens {
  static final int ALLOWED = 5;
  static final Duration LOCK = Duration.ofMinutes(1);

  private static final int ADDRESSES = 1_000;

  /** By addresses, that with the oldest failure first. */
  private final Map<String, Failures> failures =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
          return size() > ADDRESSES;
        }
      };

  synchronized boolean isLocked(String address, Instant now) {
    Failures known = failures.get(address);
    return known != null && known.count() >= ALLOWED && now.isBefore(known.last().plus(LOCK));
  }

  synchronized void failed(String address, Instant now) {
    Failures known = failures.get(address);
    failures.put(
        address,
        known != null && now.isBefore(known.last().plus(LOCK))
            ? new Failures(known.count() + 1, now)
            : new Failures(1, now));
  }

  synchronized void succeeded(String address) {
    failures.remove(address);
  }

  private record Failures(int count, Instant last) {}
}
