package dev.logdex.normalizer.kafka;

import static java.util.Objects.requireNonNull;

import dev.logdex.normalizer.source.SourceSettings;
import dev.logdex.normalizer.window.WindowCaps;
import java.time.Duration;

/**
 * How windows travel through the topology.
 *
 * @param sources when a source is quiet, and when it is forgotten
 * @param windowGrace how far event time goes on past a window's end before the window is handed on
 * @param windowRetention how long a window can be added to after it was last added to
 * @param caps how much one task holds of windows that are being added to
 * @param handOnInterval windows that were handed on are committed when the stream has been at rest
 *     for so long
 */
public record FlowSettings(
    SourceSettings sources,
    Duration windowGrace,
    Duration windowRetention,
    WindowCaps caps,
    Duration handOnInterval) {
  private static final int CHECKS_PER_PERIOD = 6;

  public FlowSettings {
    requireNonNull(sources, "sources");
    requireNonNull(windowGrace, "windowGrace");
    requireNonNull(windowRetention, "windowRetention");
    requireNonNull(caps, "caps");
    requireNonNull(handOnInterval, "handOnInterval");
  }

  /** Samples of a finished window. */
  int samples() {
    return sources.windows().samples();
  }

  /** How often to look whether the task has gone quiet. */
  Duration quietCheckInterval() {
    return atLeast(Duration.ofMillis(50), sources.quietTime().dividedBy(CHECKS_PER_PERIOD));
  }

  /** How often to look for windows to forget. */
  Duration forgetInterval() {
    return atLeast(Duration.ofSeconds(1), windowRetention.dividedBy(CHECKS_PER_PERIOD));
  }

  private static Duration atLeast(Duration least, Duration wanted) {
    return wanted.compareTo(least) < 0 ? least : wanted;
  }
}
