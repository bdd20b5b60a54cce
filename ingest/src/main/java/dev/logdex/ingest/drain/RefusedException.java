package dev.logdex.ingest.drain;

import static java.util.Objects.requireNonNull;

/** A request is not taken. The message goes to the sender and holds nothing of what it sent. */
public final class RefusedException extends Exception {
  private static final long serialVersionUID = 1;

  private final Refusal refusal;

  public RefusedException(Refusal refusal, String message) {
    super(message);
    this.refusal = requireNonNull(refusal, "refusal");
  }

  public RefusedException(Refusal refusal, String message, Throwable cause) {
    super(message, cause);
    this.refusal = requireNonNull(refusal, "refusal");
  }

  /** The request itself is wrong, and will be the next time. */
  static RefusedException malformed(String message) {
    return new RefusedException(Refusal.MALFORMED, message);
  }

  public Refusal refusal() {
    return refusal;
  }
}
