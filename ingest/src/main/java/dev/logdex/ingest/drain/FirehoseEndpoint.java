package dev.logdex.ingest.drain;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Amazon Data Firehose, delivering to an HTTP endpoint: base64, and gzip inside it where the stream
 * is fed by CloudWatch Logs. Source: Firehose's "HTTP endpoint delivery request and response
 * specifications".
 */
public final class FirehoseEndpoint implements Endpoint {
  /** The same when Firehose tries again; must be in the answer. */
  public static final String REQUEST_ID = "X-Amz-Firehose-Request-Id";

  private final int maxInflatedBytes;

  /**
   * Reads within a bound.
   *
   * @param maxInflatedBytes of all records of a request together
   */
  public FirehoseEndpoint(int maxInflatedBytes) {
    this.maxInflatedBytes = maxInflatedBytes;
  }

  @Override
  public String path() {
    return "/firehose";
  }

  @Override
  public Ticket admit(RequestHead head) throws RefusedException {
    String id = Ticket.givenDelivery(head, REQUEST_ID);
    if (id == null) {
      throw RefusedException.malformed("the header " + REQUEST_ID + " is missing");
    }
    return new Ticket(Ticket.givenSource(head).orElse("firehose"), id);
  }

  @Override
  public Delivery read(RequestHead head, Ticket ticket, byte[] body, ParcelWriter writer)
      throws RefusedException {
    JsonNode records = JsonTree.object(body).path("records");
    if (!records.isArray()) {
      throw RefusedException.malformed("the array 'records' is missing");
    }
    int room = maxInflatedBytes;
    for (JsonNode record : records) {
      byte[] data = JsonTree.bytes(record, "data");
      byte[] plain = Inflation.isGzip(data) ? Inflation.GZIP.inflate(data, room) : data;
      room -= plain.length;
      writer.unit(plain, 0, plain.length);
    }
    return writer.finish(ticket.delivery());
  }

  @Override
  public boolean inflates() {
    return true;
  }

  @Override
  public boolean wantsFirehoseAnswer() {
    return true;
  }
}
