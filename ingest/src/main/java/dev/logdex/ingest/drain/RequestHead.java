package dev.logdex.ingest.drain;

import static java.util.Objects.requireNonNull;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What stands before a request's body.
 *
 * @param path without the query
 * @param query the first value of each parameter
 * @param headers the first value of each, by its name in lower case
 */
public record RequestHead(
    String method, String path, Map<String, String> query, Map<String, String> headers) {
  public RequestHead {
    requireNonNull(method, "method");
    requireNonNull(path, "path");
    query = Map.copyOf(query);
    headers = Map.copyOf(headers);
  }

  public Optional<String> parameter(String name) {
    return Optional.ofNullable(query.get(name));
  }

  /** A header's value, by its name in any case. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT))).map(String::strip);
  }

  /** The media type in lower case, without its parameters; empty when there is none. */
  public String contentType() {
    String given = header("content-type").orElse("");
    int end = given.indexOf(';');
    return (end < 0 ? given : given.substring(0, end)).strip().toLowerCase(Locale.ROOT);
  }

  /** Query and headers may hold credentials. */
  @Override
  public String toString() {
    return method + " " + path;
  }
}
