package dev.logdex.ingest.tail;

import dev.logdex.ingest.event.LogHeader;
import dev.logdex.ingest.outlet.LogOutlet;
import dev.logdex.ingest.outlet.Parcel;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Tells of each log that has gone quiet that it is at its end for now, once until it grows. */
final class SourceEnds {
  private static final byte[] NOTHING = {};

  private final LogOutlet outlet;
  private final long quietNanos;

  /** Logs whose end was not told, and when they last grew. */
  private final Map<String, Long> grew = new HashMap<>();

  SourceEnds(LogOutlet outlet, long quietNanos) {
    this.outlet = outlet;
    this.quietNanos = quietNanos;
  }

  void grew(String source, long now) {
    grew.put(source, now);
  }

  /**
   * Tells of the quiet ones.
   *
   * @param busy logs with more to read, which are not quiet
   */
  void tell(long now, Set<String> busy) {
    grew.entrySet()
        .removeIf(
            log ->
                now - log.getValue() >= quietNanos
                    && !busy.contains(log.getKey())
                    && isTold(log.getKey()));
  }

  private boolean isTold(String source) {
    Parcel end = new Parcel(source, NOTHING, Map.of(LogHeader.END_OF_INPUT, NOTHING));
    return !outlet.send(end).isCompletedExceptionally();
  }
}
