package dev.logdex.recommender.webhook;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.logdex.runtime.EventJson;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One request.
 *
 * @param body JSON; empty for none
 */
record Call(String method, URI url, String body, Map<String, String> headers) {
  /** https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/ */
  private static final String IDEMPOTENCY_KEY = "Idempotency-Key";

  Call {
    requireNonNull(method, "method");
    requireNonNull(url, "url");
    requireNonNull(body, "body");
    headers = Map.copyOf(headers);
  }

  static Call get(URI url) {
    return new Call("GET", url, "", Map.of());
  }

  static Call send(String method, URI url, JsonNode body) {
    return new Call(method, url, EventJson.line(body), Map.of("Content-Type", "application/json"));
  }

  /** The same with a key by which a receiver knows a request again that it has had. */
  Call once(String key) {
    return with(IDEMPOTENCY_KEY, key);
  }

  Call with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Call(method, url, body, more);
  }

  HttpRequest.Builder request() {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url)
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    headers.forEach(request::header);
    return request;
  }
}
