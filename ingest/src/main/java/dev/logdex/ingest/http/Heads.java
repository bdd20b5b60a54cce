package dev.logdex.ingest.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logdex.ingest.drain.Refusal;
import dev.logdex.ingest.drain.RefusedException;
import dev.logdex.ingest.drain.RequestHead;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Reads heads of requests as Netty gives them. */
final class Heads {
  private static final int MAX_PARAMETERS = 16;
  private static final RequestHead UNREADABLE = new RequestHead("", "", Map.of(), Map.of());

  private Heads() {}

  /** Stands for a head that cannot be read. */
  static RequestHead unreadable() {
    return UNREADABLE;
  }

  static RequestHead read(HttpRequest request) throws RefusedException {
    requireWhole(request.decoderResult().cause());
    Map<String, String> query = new HashMap<>();
    String path;
    try {
      QueryStringDecoder uri = new QueryStringDecoder(request.uri(), UTF_8, true, MAX_PARAMETERS);
      path = uri.path();
      uri.parameters().forEach((name, values) -> query.put(name, values.get(0)));
    } catch (IllegalArgumentException e) {
      throw new RefusedException(Refusal.MALFORMED, "the address is not well-formed", e);
    }
    Map<String, String> headers = new HashMap<>();
    request
        .headers()
        .forEach(header -> headers.putIfAbsent(lower(header.getKey()), header.getValue()));
    return new RequestHead(request.method().name(), path, query, headers);
  }

  /** The length that a request says its body has; -1 when it does not say. */
  static long length(HttpRequest request) throws RefusedException {
    try {
      return HttpUtil.getContentLength(request, -1L);
    } catch (NumberFormatException e) {
      throw new RefusedException(Refusal.MALFORMED, "Content-Length is not a number", e);
    }
  }

  /** Whether the sender waits for our leave to send the body. */
  static boolean asksToContinue(HttpRequest request) throws RefusedException {
    if (!request.headers().contains(HttpHeaderNames.EXPECT)) {
      return false;
    }
    if (!HttpUtil.is100ContinueExpected(request)) {
      throw new RefusedException(Refusal.UNKNOWN_EXPECTATION, "only 100-continue can be expected");
    }
    return true;
  }

  @SuppressWarnings("NullAway") // Netty's result has no cause when all went well
  private static void requireWhole(Throwable cause) throws RefusedException {
    if (cause instanceof TooLongHttpHeaderException || cause instanceof TooLongHttpLineException) {
      throw new RefusedException(Refusal.HEAD_TOO_LARGE, "the head of the request is too long");
    }
    if (cause != null) {
      throw new RefusedException(Refusal.MALFORMED, "this is not well-formed HTTP");
    }
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
