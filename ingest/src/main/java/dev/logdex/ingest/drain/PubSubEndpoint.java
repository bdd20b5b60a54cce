package dev.logdex.ingest.drain;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * A push subscription of Google's Pub/Sub: one message a request, in base64, or bare with its id in
 * a header where the subscription unwraps payloads. Any status of 200 to 299 acknowledges it.
 */
public final class PubSubEndpoint implements Endpoint {
  private static final String ID_HEADER = "x-goog-pubsub-message-id";

  @Override
  public String path() {
    return "/pubsub";
  }

  @Override
  public Ticket admit(RequestHead head) throws RefusedException {
    return new Ticket(
        Ticket.givenSource(head).orElse("pubsub"), Ticket.givenDelivery(head, ID_HEADER));
  }

  @Override
  public Delivery read(RequestHead head, Ticket ticket, byte[] body, ParcelWriter writer)
      throws RefusedException {
    if (ticket.delivery() != null) {
      writer.unit(body, 0, body.length);
      return writer.finish(ticket.delivery());
    }
    JsonNode message = JsonTree.object(body).path("message");
    if (!message.isObject()) {
      throw RefusedException.malformed("the object 'message' is missing");
    }
    if (message.has("data")) { // a message may consist of attributes only
      byte[] data = JsonTree.bytes(message, "data");
      writer.unit(data, 0, data.length);
    }
    Optional<String> id = JsonTree.text(message, "messageId");
    return writer.finish(id.isPresent() ? Ticket.checkedDelivery(id.get(), "messageId") : null);
  }
}
