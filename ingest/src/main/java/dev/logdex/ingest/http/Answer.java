package dev.logdex.ingest.http;

import dev.logdex.ingest.drain.Refusal;
import dev.logdex.runtime.EventJson;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An answer to a request. Holds nothing of the request's body.
 *
 * @param type of the text; empty when there is none
 * @param headers beside those that every answer has
 */
record Answer(int status, String type, String text, Map<String, String> headers) {
  private static final String PLAIN = "text/plain; charset=utf-8";
  private static final String JSON = "application/json";

  /** After how many seconds a sender that was refused for now should come again. */
  private static final String RETRY_SECONDS = "5";

  Answer {
    headers = Map.copyOf(headers);
  }

  static Answer taken() {
    return new Answer(204, "", "", Map.of());
  }

  static Answer text(int status, String text) {
    return new Answer(status, PLAIN, text + "\n", Map.of());
  }

  static Answer refused(Refusal refusal, String why) {
    return new Answer(refusal.status(), PLAIN, why + "\n", headers(refusal));
  }

  /**
   * In Firehose's form.
   *
   * @param refusal null when the records were taken
   * @param timeMs when that was known, in milliseconds since 1970
   */
  static Answer firehose(String requestId, long timeMs, @Nullable Refusal refusal, String why) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("requestId", requestId);
    members.put("timestamp", timeMs);
    if (refusal == null) {
      return new Answer(200, JSON, EventJson.line(members), Map.of());
    }
    members.put("errorMessage", why);
    return new Answer(refusal.status(), JSON, EventJson.line(members), headers(refusal));
  }

  private static Map<String, String> headers(Refusal refusal) {
    if (refusal.isPassing()) {
      return Map.of("Retry-After", RETRY_SECONDS);
    }
    return switch (refusal) {
      case UNKNOWN_CREDENTIALS -> Map.of("WWW-Authenticate", "Basic realm=\"logdex\"");
      case WRONG_METHOD -> Map.of("Allow", "POST");
      default -> Map.of();
    };
  }
}
