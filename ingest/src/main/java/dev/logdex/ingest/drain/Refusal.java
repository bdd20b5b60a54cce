package dev.logdex.ingest.drain;

/** Why a request is not taken, by the status of HTTP that its sender gets. */
public enum Refusal {
  MALFORMED(400),
  UNKNOWN_CREDENTIALS(401),
  UNKNOWN_DRAIN(403),
  UNKNOWN_PATH(404),
  WRONG_METHOD(405),
  TOO_SLOW(408),
  TOO_LARGE(413),
  UNKNOWN_TYPE(415),
  UNKNOWN_EXPECTATION(417),
  TOO_FAST(429),
  HEAD_TOO_LARGE(431),
  DEFECT(500),
  /** The only one after which the same request may succeed without a change. */
  NOT_NOW(503);

  private final int status;

  Refusal(int status) {
    this.status = status;
  }

  public int status() {
    return status;
  }

  /** Whether the sender should be told when to come again. */
  public boolean isPassing() {
    return this == NOT_NOW || this == TOO_FAST;
  }
}
