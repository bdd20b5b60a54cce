package dev.logdex.ingest.outlet;

/** A parcel was not taken and is not on the topic; sending it again later may help. */
public final class OutletRefusedException extends Exception {
  private static final long serialVersionUID = 1;

  public OutletRefusedException(String message, Throwable cause) {
    super(message, cause);
  }

  public OutletRefusedException(String message) {
    super(message);
  }
}
