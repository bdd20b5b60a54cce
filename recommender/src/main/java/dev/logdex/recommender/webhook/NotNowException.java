package dev.logdex.recommender.webhook;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The receiver cannot take it now, or nobody knows whether it did; a later attempt may go well. */
final class NotNowException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final @Nullable Duration after;

  /**
   * @param after how long the receiver asks to be left alone; null when it does not say
   */
  NotNowException(String message, @Nullable Duration after) {
    super(message);
    this.after = after;
  }

  NotNowException(String message, Throwable cause) {
    super(message, cause);
    this.after = null;
  }

  @Nullable Duration after() {
    return after;
  }
}
