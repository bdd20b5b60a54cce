package dev.logdex.ingest.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Senders that are broken or mean; a good one is served meanwhile. */
class HostileSendersTest {
  private static final String HEAD =
      String.join(
          "\r\n", "POST /lines?source=db HTTP/1.1", "Host: x", "Content-Type: text/plain", "");
  private static final Map<String, String> FOUR_MIB = Map.of("http.body.bytes", "4194304");
  private static final long GIB = 1L << 30;

  private final AnsweringOutlet outlet = new AnsweringOutlet();
  private DrainServer server = DrainServer.open(outlet, FOUR_MIB);

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void aGigabyteThatIsAnnouncedIsRefusedBeforeItIsRead() throws Exception {
    try (RawClient client = server.connect()) {
      client.write(HEAD + "Content-Length: " + GIB + "\r\n\r\n");
      assertThat(client.status()).isEqualTo(413);
    }
    assertNothingIsHeld();
  }

  @Test
  void aGigabyteInChunksIsRefusedWhereTheBoundIsPassed() throws Exception {
    byte[] chunk = ("10000\r\n" + "x".repeat(0x10000) + "\r\n").getBytes(UTF_8);
    long sent = 0;
    try (RawClient client = server.connect()) {
      client.write(HEAD + "Transfer-Encoding: chunked\r\n\r\n");
      while (sent < GIB) {
        client.write(chunk);
        sent += 0x10000;
      }
    } catch (IOException e) {
      assertThat(sent).as("sent until the server closed").isBetween(4L << 20, GIB - 1);
    }
    assertThat(sent).isLessThan(GIB);
    assertThat(outlet.parcels).isEmpty();
    assertNothingIsHeld();
  }

  @Test
  void theAnswerToABodyThatIsTooLongCanBeRead() throws Exception {
    try (RawClient client = server.connect()) {
      client.write(HEAD + "Transfer-Encoding: chunked\r\n\r\n");
      for (int i = 0; i < 5; i++) {
        client.write("100000\r\n" + "x".repeat(0x100000) + "\r\n");
      }
      assertThat(client.status()).isEqualTo(413);
    }
  }

  @Test
  void bodiesOfAllConnectionsTogetherAreBounded() throws Exception {
    restart(
        Map.of(
            "http.body.bytes", "1000", "http.inflated.bytes", "1000", "http.held.bytes", "2000"));
    List<RawClient> holders = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      holders.add(server.connect().write(HEAD + "Content-Length: 1000\r\n\r\n" + "x".repeat(999)));
    }
    await().until(() -> held() == 1998);
    assertThat(post("too much")).isEqualTo(503);
    assertThat(server.get("/health").statusCode()).isEqualTo(503);

    for (RawClient holder : holders) {
      holder.close();
    }
    await().until(() -> held() == 0);
    assertThat(post("x")).isEqualTo(204);
  }

  @Test
  void whatKafkaHasNotAcknowledgedIsHeld() throws Exception {
    restart(
        Map.of(
            "http.body.bytes",
            "1000",
            "http.inflated.bytes",
            "1000",
            "http.held.bytes",
            "2000",
            "http.answer.time",
            "PT0.1S"));
    CompletableFuture<Void> acknowledged = new CompletableFuture<>();
    outlet.answerWith(parcel -> acknowledged);
    assertThat(post("x".repeat(900))).isEqualTo(503);
    assertThat(held()).isEqualTo(900);
    acknowledged.complete(null);
    await().until(() -> held() == 0);
  }

  @Test
  void aHeadThatNeverEndsIsNotWaitedFor() throws Exception {
    restart(Map.of("http.head.time", "PT0.3S"));
    try (RawClient silent = server.connect();
        RawClient slow = server.connect().write("POST /lines")) {
      assertThat(post("x")).isEqualTo(204);
      assertThat(silent.isClosed()).isTrue();
      assertThat(slow.isClosed()).isTrue();
    }
  }

  @Test
  void aHeadThatDripsIsNotWaitedFor() throws Exception {
    restart(Map.of("http.head.time", "PT0.5S"));
    try (RawClient slow = server.connect().write(HEAD)) {
      await()
          .until(
              () -> {
                try {
                  slow.write("X-A: b\r\n");
                  return false;
                } catch (IOException e) {
                  return true;
                }
              });
    }
  }

  @Test
  void aBodyThatDripsIsNotWaitedFor() throws Exception {
    restart(Map.of("http.body.time", "PT0.3S"));
    try (RawClient slow = server.connect()) {
      slow.write(HEAD + "Content-Length: 100\r\n\r\nxxx");
      assertThat(post("x")).isEqualTo(204);
      assertThat(slow.status()).isEqualTo(408);
    }
    await().until(() -> held() == 0);
  }

  @Test
  void aConnectionThatFallsSilentAfterARequestIsClosed() throws Exception {
    restart(Map.of("http.idle.time", "PT0.3S"));
    try (RawClient idle = server.connect()) {
      idle.write(HEAD + "Content-Length: 2\r\n\r\nx\n");
      assertThat(idle.status()).isEqualTo(204);
      assertThat(idle.isClosed()).isTrue();
    }
  }

  @Test
  void aSenderThatLeavesInTheMiddleOfABodyGivesItsMemoryBack() throws Exception {
    try (RawClient leaving = server.connect()) {
      leaving.write(HEAD + "Content-Length: 100000\r\n\r\n" + "x".repeat(50_000));
      await().until(() -> held() == 50_000);
    }
    await().until(() -> held() == 0);
    assertThat(outlet.parcels).isEmpty();
  }

  @Test
  void requestsThatComeAtOnceAreAnsweredInTheirOrder() throws Exception {
    try (RawClient client = server.connect()) {
      StringBuilder requests = new StringBuilder();
      for (int i = 0; i < 100; i++) {
        requests.append(HEAD + "Content-Length: 3\r\n\r\n").append(String.format("%02d%n", i));
      }
      client.write(requests + "GET /nowhere HTTP/1.1\r\nHost: x\r\n\r\n");
      for (int i = 0; i < 100; i++) {
        assertThat(client.status()).isEqualTo(204);
      }
      assertThat(client.status()).isEqualTo(404);
    }
    assertThat(outlet.text().lines()).hasSize(100).isSorted();
  }

  @Test
  void aSenderThatDoesNotWaitForAnswersHasOneRequestInWork() throws Exception {
    CompletableFuture<Void> acknowledged = new CompletableFuture<>();
    outlet.answerWith(parcel -> acknowledged);
    try (RawClient client = server.connect()) {
      client.write((HEAD + "Content-Length: 2\r\n\r\nx\n").repeat(50));
      await().until(() -> outlet.parcels.size() == 1);
      assertThat(held()).isEqualTo(2);
      assertThat(outlet.parcels).hasSize(1);
      acknowledged.complete(null);
      await().until(() -> outlet.parcels.size() == 50);
    }
  }

  @Test
  void garbageInPlaceOfHttpIsRefused() throws Exception {
    assertThat(status("\u0016\u0003\u0001 hello\r\n\r\n")).isEqualTo(400);
    assertThat(status("GET / HTTP/1.1\r\n: x\r\n\r\n")).isEqualTo(400);
    assertThat(status("GET /" + "x".repeat(10_000) + " HTTP/1.1\r\n\r\n")).isEqualTo(431);
    assertThat(status("GET / HTTP/1.1\r\nX: " + "x".repeat(20_000) + "\r\n\r\n")).isEqualTo(431);
    assertThat(status("POST /lines?source=%zz HTTP/1.1\r\nHost: x\r\n\r\n")).isEqualTo(400);
    assertThat(status(HEAD + "Content-Length: -1\r\n\r\n")).isEqualTo(400);
    assertThat(status(HEAD + "Content-Length: 1\r\nContent-Length: 2\r\n\r\n")).isEqualTo(400);
    assertThat(status(HEAD + "Transfer-Encoding: chunked\r\n\r\nzz\r\n")).isEqualTo(400);
    assertThat(post("x")).isEqualTo(204);
  }

  @Test
  void connectionsBeyondTheBoundAreClosedAndTheOthersServed() throws Exception {
    restart(Map.of("http.connections", "20"));
    List<RawClient> open = new ArrayList<>();
    try (RawClient first = server.connect()) {
      first.write(HEAD + "Content-Length: 2\r\n\r\nx\n");
      assertThat(first.status()).isEqualTo(204);
      for (int i = 0; i < 19; i++) {
        open.add(server.connect());
      }
      await().until(() -> metric("logdex_ingest_http_connections") == 20);
      try (RawClient tooMany = server.connect()) {
        assertThat(tooMany.isClosed()).isTrue();
      }
      first.write(HEAD + "Content-Length: 2\r\n\r\nx\n");
      assertThat(first.status()).isEqualTo(204);
    } finally {
      for (RawClient client : open) {
        client.close();
      }
    }
    await().until(() -> metric("logdex_ingest_http_connections") == 0);
    assertThat(post("x")).isEqualTo(204);
  }

  private void restart(Map<String, String> settings) {
    server.close();
    server = DrainServer.open(outlet, settings);
  }

  private int post(String body) throws Exception {
    return server.post("/lines?source=good", "text/plain", body).statusCode();
  }

  private int status(String request) throws IOException {
    try (RawClient client = server.connect()) {
      return client.write(request).status();
    }
  }

  private void assertNothingIsHeld() {
    await().until(() -> held() == 0);
  }

  private static double held() {
    return metric("logdex_ingest_http_held_bytes");
  }

  private static double metric(String name) {
    return CollectorRegistry.defaultRegistry.getSampleValue(name);
  }
}
