package dev.logdex.ingest.drain;

import java.util.Optional;

/**
 * Heroku's log drains. The body is a row of frames with their length in bytes before each, which
 * look like RFC 5424 and are not: the structured data is missing. They go on as lines, without the
 * lengths. Source: heroku/logplex, doc/README.http_drains.md.
 */
public final class LogplexEndpoint implements Endpoint {
  private static final String TYPE = "application/logplex-1";
  private static final String DRAIN = "Logplex-Drain-Token";
  private static final String COUNT = "Logplex-Msg-Count";
  private static final String FRAME = "Logplex-Frame-Id";

  private final DrainTokens drains;

  public LogplexEndpoint(DrainTokens drains) {
    this.drains = drains;
  }

  @Override
  public String path() {
    return "/logplex";
  }

  @Override
  public Ticket admit(RequestHead head) throws RefusedException {
    if (!head.contentType().equals(TYPE)) {
      throw new RefusedException(Refusal.UNKNOWN_TYPE, "the content type must be " + TYPE);
    }
    Optional<String> token = head.header(DRAIN);
    if (token.isEmpty()) {
      throw RefusedException.malformed("the header " + DRAIN + " is missing");
    }
    String source =
        drains
            .source(token.get())
            .orElseThrow(
                () ->
                    new RefusedException(
                        Refusal.UNKNOWN_DRAIN, "the drain token is not in http.drains"));
    announced(head);
    return new Ticket(source, Ticket.givenDelivery(head, FRAME));
  }

  @Override
  public Delivery read(RequestHead head, Ticket ticket, byte[] body, ParcelWriter writer)
      throws RefusedException {
    int frames = LogplexFrames.copy(body, writer);
    int announced = announced(head).orElse(frames);
    if (announced != frames) {
      throw RefusedException.malformed(
          COUNT + " says " + announced + ", but the body holds " + frames + " messages");
    }
    return writer.finish(ticket.delivery());
  }

  /** Logplex drops a frame at any status from 400 to 499, and sends it again at 503. */
  @Override
  public boolean understandsTooFast() {
    return false;
  }

  private static Optional<Integer> announced(RequestHead head) throws RefusedException {
    try {
      return head.header(COUNT).map(Integer::valueOf);
    } catch (NumberFormatException e) {
      throw RefusedException.malformed(COUNT + " is not a number");
    }
  }
}
