package dev.logdex.recommender.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logdex.recommender.page.Decisions;
import dev.logdex.recommender.page.SampleFindings;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.net.URLEncoder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A site with sample findings, and somebody who visits it without a network between them. */
final class Visits {
  static final String TOKEN = "0123456789abcdef";

  final SampleFindings findings = SampleFindings.shop();
  final List<Throwable> failures = new ArrayList<>();
  private final Site site;
  private final Map<String, String> headers = new HashMap<>(Map.of("host", "localhost:8087"));
  private Instant now = Instant.parse("2026-01-02T03:04:00Z");
  private String address = "127.0.0.1";

  Visits(String token) {
    this(token, null);
  }

  Visits(String token, Decisions decisions) {
    site =
        new Site(
            new PageConfig(0, "127.0.0.1", List.of("logdex.internal"), new Token(token)),
            findings,
            decisions == null ? findings : decisions,
            () -> now,
            failures::add);
  }

  Visits with(String header, String value) {
    headers.put(header, value);
    return this;
  }

  Visits from(String other) {
    address = other;
    return this;
  }

  void wait(Duration time) {
    now = now.plus(time);
  }

  Response get(String target) {
    return send("GET", target, "");
  }

  Response post(String target, Map<String, String> form) {
    return send(
        "POST",
        target,
        form.entrySet().stream()
            .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), UTF_8))
            .collect(Collectors.joining("&")));
  }

  Response send(String method, String target, String body) {
    QueryStringDecoder decoded = new QueryStringDecoder(target);
    Map<String, String> query = new HashMap<>();
    decoded.parameters().forEach((name, values) -> query.put(name, values.get(0)));
    return site.answer(
        new Request(
            method,
            Arrays.stream(decoded.rawPath().substring(1).split("/", -1))
                .map(segment -> QueryStringDecoder.decodeComponent(segment))
                .toList(),
            query,
            headers,
            body,
            address));
  }

  /** Logs in and keeps the cookie. */
  Visits loggedIn() {
    Response response = post("/login", Map.of("token", TOKEN));
    String cookie = response.headers().get("Set-Cookie");
    return with("cookie", cookie.substring(0, cookie.indexOf(';')));
  }

  /** The secret of the session's forms, as it stands in a page. */
  String csrf() {
    String page = get("/").body();
    int start = page.indexOf("name=\"csrf\" value=\"") + "name=\"csrf\" value=\"".length();
    return page.substring(start, page.indexOf('"', start));
  }

  /** The id of the recommendation with the largest saving. */
  String first() {
    return findings.recommendations().get(0).data().id();
  }
}
