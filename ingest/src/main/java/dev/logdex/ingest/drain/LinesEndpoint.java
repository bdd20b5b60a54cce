package dev.logdex.ingest.drain;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lines as any program can send them: plain text, one document of JSON on each line, or an array of
 * documents. The source must be named, because the order of lines is defined within it.
 */
public final class LinesEndpoint implements Endpoint {
  private static final String ARRAY = "application/json";
  private static final Set<String> LINES =
      Set.of("text/plain", "application/x-ndjson", "application/ndjson", "application/jsonl");

  @Override
  public String path() {
    return "/lines";
  }

  @Override
  public Ticket admit(RequestHead head) throws RefusedException {
    String type = head.contentType();
    if (!LINES.contains(type) && !type.equals(ARRAY)) {
      throw new RefusedException(
          Refusal.UNKNOWN_TYPE,
          "the content type must be text/plain, application/x-ndjson or application/json");
    }
    String source =
        Ticket.givenSource(head)
            .orElseThrow(
                () ->
                    RefusedException.malformed(
                        "name the source: the parameter source or the header Logdex-Source"));
    return new Ticket(source, Ticket.givenDelivery(head, "Idempotency-Key", "X-Request-Id"));
  }

  @Override
  public Delivery read(RequestHead head, Ticket ticket, byte[] body, ParcelWriter writer)
      throws RefusedException {
    @Nullable String delivery = ticket.deliveryOf(body);
    if (head.contentType().equals(ARRAY)) {
      JsonDocuments.copy(body, writer);
    } else {
      writer.lines(body, 0, body.length);
    }
    return writer.finish(delivery);
  }
}
