package dev.logdex.recommender.http;

import dev.logdex.recommender.page.Decisions;
import dev.logdex.recommender.page.Findings;
import dev.logdex.recommender.page.MessagePage;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** From a request to its response: pages, API, and what every response has. For any thread. */
final class Site {
  private static final Map<String, String> ALWAYS =
      Map.of(
          "Content-Security-Policy",
          "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self';"
              + " base-uri 'none'; frame-ancestors 'none'",
          "X-Content-Type-Options",
          "nosniff",
          // not no-referrer: with that, browsers send forms with the origin null
          "Referrer-Policy",
          "same-origin",
          "Cross-Origin-Opener-Policy",
          "same-origin",
          "Cross-Origin-Resource-Policy",
          "same-origin",
          "Vary",
          "Cookie, Accept-Encoding");

  private final Access access;
  private final HostNames hosts;
  private final Routes pages;
  private final Routes api;
  private final Consumer<Throwable> failures;

  /**
   * The site.
   *
   * @param failures is told of what went wrong inside, to be logged
   */
  Site(
      PageConfig config,
      Findings findings,
      Decisions decisions,
      InstantSource clock,
      Consumer<Throwable> failures) {
    this.access = new Access(config.token(), clock);
    this.hosts = new HostNames(isLoopback(config.address()), config.hosts());
    this.pages = new Pages(findings, decisions, access).routes();
    this.api = new Api(findings, decisions, access).routes();
    this.failures = failures;
  }

  Response answer(Request request) {
    Response response = Tags.unlessKnown(request, caching(request, guarded(request)));
    Map<String, String> headers = new HashMap<>(ALWAYS);
    headers.putAll(response.headers());
    return new Response(response.status(), response.type(), response.body(), headers);
  }

  private Response guarded(Request request) {
    try {
      return checked(request);
    } catch (RefusedException e) {
      if (e.getCause() != null) {
        failures.accept(e.getCause());
      }
      return refusal(request, e);
    } catch (RuntimeException e) { // one bad request must not end the server
      failures.accept(e);
      return refusal(
          request,
          new RefusedException(500, "It failed", "This is our fault; the log has the details."));
    }
  }

  private Response checked(Request request) {
    if (!hosts.accept(request.header("host"))) {
      throw new RefusedException(
          421,
          "Wrong name",
          "This page answers to names of loopback and to those of the setting page.hosts.");
    }
    if (request.writes() && !request.isForApi() && isForeign(request)) {
      throw new RefusedException(403, "Refused", "The form is one of another site.");
    }
    return (request.isForApi() ? api : pages).answer(request);
  }

  /** Browsers say which site a form stands on. */
  private static boolean isForeign(Request request) {
    String origin = request.header("origin");
    return request.header("sec-fetch-site").equals("cross-site")
        || (!origin.isEmpty()
            && !origin.replaceFirst("^https?://", "").equalsIgnoreCase(request.header("host")));
  }

  private Response refusal(Request request, RefusedException refused) {
    Response response =
        request.isForApi()
            ? Api.error(refused.status(), refused.sentence())
            : Response.html(
                refused.status(),
                MessagePage.render(refused.title(), refused.sentence(), access.reader(request)));
    return switch (refused.status()) {
      case 401 -> response.with("WWW-Authenticate", "Bearer");
      case 429 -> response.with("Retry-After", String.valueOf(WrongTokens.LOCK.toSeconds()));
      default -> response;
    };
  }

  /** A page for a session holds its secret: it is never kept; others are asked for again. */
  private Response caching(Request request, Response response) {
    if (response.headers().containsKey("Cache-Control")) {
      return response;
    }
    boolean secret = !access.reader(request).csrf().isEmpty();
    Response plain =
        response.with(
            "Cache-Control", secret || response.status() != 200 ? "no-store" : "no-cache");
    // a compressed page whose length tells of its content would betray the secret bit by bit
    return secret ? plain.with("Content-Encoding", "identity") : plain;
  }

  static boolean isLoopback(String address) {
    try {
      return InetAddress.getByName(address).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
