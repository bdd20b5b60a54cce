package dev.logdex.recommender.http;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request as far as the page looks at it.
 *
 * @param path the segments, decoded; {@code /} has one, which is empty
 * @param query the first value of each parameter, decoded
 * @param headers by names in small letters
 * @param body as text; empty when there is none
 * @param address of the client
 */
public record Request(
    String method,
    List<String> path,
    Map<String, String> query,
    Map<String, String> headers,
    String body,
    String address) {
  public Request {
    requireNonNull(method, "method");
    path = List.copyOf(path);
    query = Map.copyOf(query);
    headers = Map.copyOf(headers);
    requireNonNull(body, "body");
    requireNonNull(address, "address");
  }

  String header(String name) {
    return headers.getOrDefault(name, "");
  }

  String query(String name) {
    return query.getOrDefault(name, "");
  }

  boolean isForApi() {
    return path.get(0).equals("api");
  }

  boolean writes() {
    return method.equals("POST");
  }

  /** The value of a cookie. */
  Optional<String> cookie(String name) {
    for (String pair : header("cookie").split(";", -1)) {
      String[] parts = pair.strip().split("=", 2);
      if (parts.length == 2 && parts[0].equals(name)) {
        return Optional.of(parts[1]);
      }
    }
    return Optional.empty();
  }
}
