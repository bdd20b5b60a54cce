package dev.logdex.recommender.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Makes requests of Netty's messages. */
final class Requests {
  private Requests() {}

  /**
   * The request.
   *
   * @throws IllegalArgumentException when its address is badly encoded
   */
  static Request of(FullHttpRequest message, SocketAddress client) {
    QueryStringDecoder target = new QueryStringDecoder(message.uri());
    Map<String, String> query = new HashMap<>();
    target.parameters().forEach((name, values) -> query.put(name, values.get(0)));
    Map<String, String> headers = new HashMap<>();
    message
        .headers()
        .forEach(
            each -> headers.putIfAbsent(each.getKey().toLowerCase(Locale.ROOT), each.getValue()));
    return new Request(
        message.method().name(),
        path(target.rawPath()),
        query,
        headers,
        message.content().toString(UTF_8),
        client instanceof InetSocketAddress address && address.getAddress() != null
            ? address.getAddress().getHostAddress()
            : "");
  }

  /** Split before it is decoded: a name may hold slashes. */
  private static List<String> path(String raw) {
    if (!raw.startsWith("/")) {
      throw new IllegalArgumentException("not a path");
    }
    return Arrays.stream(raw.substring(1).split("/", -1)).map(Requests::decoded).toList();
  }

  private static String decoded(String segment) {
    return QueryStringDecoder.decodeComponent(segment.replace("+", "%2B"), UTF_8);
  }
}
