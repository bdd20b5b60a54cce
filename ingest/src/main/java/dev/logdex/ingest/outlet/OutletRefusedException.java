package dev.logdex.ingest.outlet;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** A parcel was not taken and is not on the topic; sending it again later may help. */
public final class OutletRefusedException extends Exception {
  private static final long serialVersionUID = 1;

  public OutletRefusedException(String message, Throwable cause) {
    super(message, cause);
  }

  public OutletRefusedException(String message) {
    super(message);
  }

  /**
   * Whether a parcel was refused at once for want of room, and not because Kafka did not take it,
   * which has a cause.
   */
  public static boolean isLackOfRoom(CompletableFuture<Void> sent) {
    if (!sent.isCompletedExceptionally()) {
      return false;
    }
    try {
      sent.join();
      return false;
    } catch (CompletionException e) {
      return e.getCause() instanceof OutletRefusedException refusal && refusal.getCause() == null;
    }
  }
}
