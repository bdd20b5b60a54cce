package dev.logdex.ingest.drain;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Documents of JSON whose form the normalizer knows, such as CloudWatch's envelopes and the records
 * of Azure's event hubs; they go on as they are.
 */
public final class DocumentsEndpoint implements Endpoint {
  private final String path;
  private final String source;

  private DocumentsEndpoint(String path, String source) {
    this.path = path;
    this.source = source;
  }

  /** What a CloudWatch Logs subscription hands to a function, or the envelope inside it. */
  public static DocumentsEndpoint cloudWatch() {
    return new DocumentsEndpoint("/cloudwatch", "cloudwatch");
  }

  /** Records of Azure's diagnostic settings, as a function or a stream job takes them on. */
  public static DocumentsEndpoint azure() {
    return new DocumentsEndpoint("/azure", "azure");
  }

  @Override
  public String path() {
    return path;
  }

  @Override
  public Ticket admit(RequestHead head) throws RefusedException {
    Optional<String> given = Ticket.givenSource(head);
    return new Ticket(
        given.orElse(source), Ticket.givenDelivery(head, "Idempotency-Key", "X-Request-Id"));
  }

  @Override
  public Delivery read(RequestHead head, Ticket ticket, byte[] body, ParcelWriter writer)
      throws RefusedException {
    @Nullable String delivery = ticket.deliveryOf(body);
    JsonDocuments.copy(body, writer);
    return writer.finish(delivery);
  }
}
