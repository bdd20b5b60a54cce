package dev.logdex.analyzer.round;

import java.time.Duration;

/**
 * Says when a round is due: when windows have come and then none for a while, or when the first of
 * them has waited long enough. Time is nanoseconds of whatever clock. Not thread-safe.
 */
public final class RoundSchedule {
  private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
  private static final Duration LAST_RETRY = Duration.ofSeconds(30);

  private final long settleNanos;
  private final long maxDelayNanos;
  private boolean everCaughtUp;
  private boolean pending;
  private boolean retrying;
  private long first;
  private long last;
  private long notBefore;
  private Duration retryDelay = FIRST_RETRY;

  /** Nothing has come yet. */
  public RoundSchedule(Duration settle, Duration maxDelay) {
    this.settleNanos = settle.toNanos();
    this.maxDelayNanos = maxDelay.toNanos();
  }

  /** A window has come. */
  public void windowCame(long now) {
    if (!pending) {
      pending = true;
      first = now;
    }
    last = now;
  }

  /**
   * Whether a round is to begin now. None does before everything that was on the topic at the start
   * is known: what has not been read yet would seem to be gone.
   */
  public boolean isDue(long now, boolean caughtUp) {
    everCaughtUp |= caughtUp;
    if (!pending || !everCaughtUp || (retrying && now - notBefore < 0)) {
      return false;
    }
    boolean settled = caughtUp && now - last >= settleNanos;
    return settled || now - first >= maxDelayNanos;
  }

  /** Whether windows wait for a round. */
  public boolean isPending() {
    return pending;
  }

  /** The round that was due has been published. */
  public void done() {
    pending = false;
    retrying = false;
    retryDelay = FIRST_RETRY;
  }

  /**
   * The round that was due could not be finished; it is due again after a while, longer each time.
   */
  public Duration retry(long now) {
    Duration delay = retryDelay;
    retrying = true;
    notBefore = now + delay.toNanos();
    Duration doubled = retryDelay.multipliedBy(2);
    retryDelay = doubled.compareTo(LAST_RETRY) < 0 ? doubled : LAST_RETRY;
    return delay;
  }
}
