package dev.logdex.ingest.drain;

/** One kind of request that brings log lines. Implementations keep nothing between requests. */
public interface Endpoint {
  /** The one path at which the requests come. */
  String path();

  /** Looks at a request before its body is read. */
  Ticket admit(RequestHead head) throws RefusedException;

  /**
   * Takes the lines out of a body.
   *
   * @param body without its content encoding; may be changed
   * @param writer takes the lines
   */
  Delivery read(RequestHead head, Ticket ticket, byte[] body, ParcelWriter writer)
      throws RefusedException;

  /** Whether a body may hold something compressed inside its own form. */
  default boolean inflates() {
    return false;
  }

  /** Whether the sender understands that 429 is not for ever. */
  default boolean understandsTooFast() {
    return true;
  }

  /** Whether the sender wants Firehose's form of answers. */
  default boolean wantsFirehoseAnswer() {
    return false;
  }
}
