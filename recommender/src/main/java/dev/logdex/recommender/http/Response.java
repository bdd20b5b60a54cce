package dev.logdex.recommender.http;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.Map;

/**
 * What is answered.
 *
 * @param type content type
 * @param headers beyond those that every response has
 */
public record Response(int status, String type, String body, Map<String, String> headers) {
  private static final String HTML = "text/html; charset=utf-8";
  private static final String JSON = "application/json";

  public Response {
    requireNonNull(type, "type");
    requireNonNull(body, "body");
    headers = Map.copyOf(headers);
  }

  static Response html(int status, String page) {
    return new Response(status, HTML, page, Map.of());
  }

  static Response json(int status, String body) {
    return new Response(status, JSON, body, Map.of());
  }

  /** After a form: the browser asks for that page next, and a reload sends nothing again. */
  static Response seeOther(String location) {
    return new Response(303, HTML, "", Map.of("Location", location));
  }

  Response with(String header, String value) {
    Map<String, String> more = new HashMap<>(headers);
    more.put(header, value);
    return new Response(status, type, body, more);
  }
}
