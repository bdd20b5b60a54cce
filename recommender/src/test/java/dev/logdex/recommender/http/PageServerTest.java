package dev.logdex.recommender.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logdex.recommender.page.SampleFindings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PageServerTest {
  private final SampleFindings findings = SampleFindings.shop();
  private final PageServer server = open(0);
  private final HttpClient client = HttpClient.newHttpClient();

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void aPageIsServed() throws Exception {
    HttpResponse<String> response = get("/tables/shop/public.orders");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("content-type")).hasValue("text/html; charset=utf-8");
    assertThat(response.body()).startsWith("<!doctype html>").endsWith("</html>\n");
  }

  @Test
  void aHeadHasTheHeadersOfTheGetAndNoBody() throws Exception {
    HttpResponse<String> head =
        client.send(
            request("/").method("HEAD", BodyPublishers.noBody()).build(), BodyHandlers.ofString());

    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(head.headers().firstValue("content-length"))
        .hasValue(String.valueOf(get("/").body().getBytes(UTF_8).length));
  }

  @Test
  void aPageIsCompressedForWhoTakesThat() throws Exception {
    HttpResponse<byte[]> response =
        client.send(
            request("/").header("Accept-Encoding", "gzip").build(), BodyHandlers.ofByteArray());

    assertThat(response.headers().firstValue("content-encoding")).hasValue("gzip");
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(response.body()))) {
      assertThat(new String(in.readAllBytes(), UTF_8)).isEqualTo(get("/").body());
    }
  }

  @Test
  void aBodyThatIsTooLargeIsRefused() throws Exception {
    HttpRequest tooLarge =
        request("/login").POST(BodyPublishers.ofString("token=" + "x".repeat(100_000))).build();

    assertThat(client.send(tooLarge, BodyHandlers.ofString()).statusCode()).isEqualTo(413);
  }

  @Test
  void whatIsNoHttpIsRefused() throws Exception {
    assertThat(raw("GET http\r\n\r\n")).startsWith("HTTP/1.1 400");
    assertThat(raw("GET /" + "x".repeat(10_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n"))
        .startsWith("HTTP/1.1 400");
    assertThat(raw("GET /%zz HTTP/1.1\r\nHost: localhost\r\n\r\n")).startsWith("HTTP/1.1 400");
    assertThat(get("/").statusCode()).isEqualTo(200);
  }

  @Test
  void aNameMayHoldASlash() throws Exception {
    assertThat(get("/tables/a%2Fb/c").body()).contains("There is no analysis of this table.");
    assertThat(get("/tables/a/b/c").body()).contains("There is nothing at this address.");
  }

  @Test
  void connectionsBeyondTheBoundAreClosed() throws Exception {
    List<Socket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < PageServer.CONNECTIONS; i++) {
        sockets.add(new Socket(InetAddress.getLoopbackAddress(), server.port()));
      }
      try (Socket tooMany = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
        assertThat(tooMany.getInputStream().read()).isEqualTo(-1);
      }
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
  }

  @Test
  void aPortThatIsTakenIsToldWithWhatToDo() {
    assertThatThrownBy(() -> open(server.port()))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("page.port");
  }

  private PageServer open(int port) {
    return PageServer.open(
        new PageConfig(port, "127.0.0.1", List.of(), new Token("")),
        findings,
        findings,
        InstantSource.system(),
        failure -> {
          throw new AssertionError(failure);
        });
  }

  private String raw(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.getOutputStream().write(request.getBytes(UTF_8));
      socket.getOutputStream().flush();
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }

  private HttpResponse<String> get(String path) throws Exception {
    return client.send(request(path).build(), BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
  }
}
