package dev.logdex.ingest.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logdex.ingest.outlet.LogOutlet;
import dev.logdex.runtime.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;

/** A server on a free port of this machine, and a client for it. */
final class DrainServer implements AutoCloseable {
  static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  private final HttpDrain drain;
  private final HttpClient client = HttpClient.newHttpClient();

  private DrainServer(HttpDrain drain) {
    this.drain = drain;
  }

  static DrainServer open(LogOutlet outlet, Map<String, String> settings) {
    return new DrainServer(
        HttpDrain.open(settings(settings), outlet, Clock.fixed(NOW, ZoneOffset.UTC)));
  }

  static HttpSettings settings(Map<String, String> given) {
    Map<String, String> all = new HashMap<>();
    all.put("http.port", "0");
    all.putAll(given);
    return HttpSettings.of(Settings.parse(HttpSettings.define(new ConfigDef()), all)).orElseThrow();
  }

  HttpResponse<String> post(String path, String type, String body, String... headers)
      throws IOException, InterruptedException {
    return post(path, type, body.getBytes(UTF_8), headers);
  }

  HttpResponse<String> post(String path, String type, byte[] body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = request(path).POST(BodyPublishers.ofByteArray(body));
    if (!type.isEmpty()) {
      request.header("Content-Type", type);
    }
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return client.send(request(path).GET().build(), BodyHandlers.ofString());
  }

  HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    return client.send(request, BodyHandlers.ofString());
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + drain.port() + path));
  }

  RawClient connect() throws IOException {
    return new RawClient(new Socket(InetAddress.getLoopbackAddress(), drain.port()));
  }

  /** Whether a new connection can be made. */
  boolean listens() {
    try {
      connect().close();
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() {
    drain.close();
  }
}
