package dev.logdex.ingest.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.logdex.ingest.outlet.OutletRefusedException;
import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HttpDrainTest {
  private static final String LOGPLEX = "application/logplex-1";
  private static final String DRAIN = "d.fc6b856b-3332-4546-93de-7d0ee272c3bd";
  private static final String LINE =
      "<134>1 2026-11-21T00:25:13+00:00 host app postgres.7 - [BLUE] [1-1]  x LOG:  duration: 1 ms\n";
  private static final String FRAMES = (LINE.length() + " " + LINE).repeat(2);

  private final AnsweringOutlet outlet = new AnsweringOutlet();
  private DrainServer server =
      DrainServer.open(outlet, Map.of("http.drains", DRAIN + "=shop", "http.tokens", "s3cret"));

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void framesOfADrainBecomeLinesOfItsSourceUnderTheFramesId() throws Exception {
    HttpResponse<String> answer = logplex(FRAMES, "2");

    assertThat(answer.statusCode()).isEqualTo(204);
    assertThat(outlet.text()).isEqualTo(LINE + LINE);
    assertThat(outlet.sources()).containsExactly("shop");
    assertThat(outlet.deliveries()).containsExactly("09C5");
  }

  @Test
  void aFrameThatIsSentAgainHasTheSameIdsThoughItTakesSeveralRecords() throws Exception {
    restart(Map.of("http.drains", DRAIN + "=shop", "http.record.bytes", "100"));
    logplex(FRAMES.repeat(2), "4");
    logplex(FRAMES.repeat(2), "4");

    assertThat(outlet.deliveries().subList(0, 4))
        .containsExactly("09C5", "09C5/1", "09C5/2", "09C5/3");
    assertThat(outlet.deliveries().subList(4, 8)).isEqualTo(outlet.deliveries().subList(0, 4));
  }

  @Test
  void aCountThatDoesNotFitTheBodyIsRefused() throws Exception {
    HttpResponse<String> answer = logplex(FRAMES, "3");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body())
        .isEqualTo("Logplex-Msg-Count says 3, but the body holds 2 messages\n");
    assertThat(outlet.parcels).isEmpty();
    assertThat(logplex(FRAMES, "two").statusCode()).isEqualTo(400);
  }

  @Test
  void garbageInPlaceOfFramesIsRefusedAndNotRepeated() throws Exception {
    for (String body :
        List.of("garbage", "5432", "99999999 <1", "-5 abc", "999 <134>1 xyz", "5 <134>xyz")) {
      HttpResponse<String> answer = logplex(body, "2");
      assertThat(answer.statusCode()).as(body).isEqualTo(400);
      assertThat(answer.body()).doesNotContain(body);
    }
    assertThat(outlet.parcels).isEmpty();
  }

  @Test
  void aDrainThatIsNotNamedIsRefusedOrGetsASourceThatDoesNotTellItsToken() throws Exception {
    assertThat(logplexFrom("d.other").statusCode()).isEqualTo(403);

    restart(Map.of("http.drains.unknown", "accept"));
    assertThat(logplexFrom("d.other").statusCode()).isEqualTo(204);
    assertThat(logplexFrom("d.other").statusCode()).isEqualTo(204);
    assertThat(outlet.sources().get(0))
        .matches("drain-[0-9a-f]{16}")
        .isEqualTo(outlet.sources().get(1));
  }

  @Test
  void aRequestMustCarryOneOfTheTokens() throws Exception {
    assertThat(lines("x\n").statusCode()).isEqualTo(401);
    assertThat(lines("x\n", "Authorization", "Bearer wrong").statusCode()).isEqualTo(401);
    assertThat(lines("x\n", "Authorization", "Basic !!").statusCode()).isEqualTo(401);
    assertThat(lines("x\n", "Authorization", basic("any", "wrong")).statusCode()).isEqualTo(401);
    assertThat(outlet.parcels).isEmpty();

    assertThat(lines("x\n", "Authorization", "Bearer s3cret").statusCode()).isEqualTo(204);
    assertThat(lines("x\n", "Authorization", basic("any", "s3cret")).statusCode()).isEqualTo(204);
    assertThat(lines("x\n", "X-Amz-Firehose-Access-Key", "s3cret").statusCode()).isEqualTo(204);
    assertThat(server.post("/lines?source=db&token=s3cret", "text/plain", "x").statusCode())
        .isEqualTo(204);
  }

  @Test
  void noAnswerTellsATokenThatWasSent() throws Exception {
    assertThat(lines("x\n", "Authorization", "Bearer almost-right").body())
        .doesNotContain("almost-right");
    assertThat(logplexFrom("d.not-ours").body()).doesNotContain("not-ours");
  }

  @Test
  void whatWasTakenIsCountedByItsPath() throws Exception {
    double messages = counted("logdex_ingest_http_messages_total");
    double bytes = counted("logdex_ingest_http_bytes_total");
    double unnamed = counted("logdex_ingest_http_unnamed_deliveries_total");
    authorised("a\nbc\n");
    post("/lines?source=db", "text/plain", "d\n", "Idempotency-Key", "k");

    await().until(() -> counted("logdex_ingest_http_messages_total") == messages + 3);
    assertThat(counted("logdex_ingest_http_bytes_total")).isEqualTo(bytes + 7);
    assertThat(counted("logdex_ingest_http_unnamed_deliveries_total")).isEqualTo(unnamed + 1);
  }

  private static double counted(String name) {
    Double value =
        CollectorRegistry.defaultRegistry.getSampleValue(
            name, new String[] {"path"}, new String[] {"/lines"});
    return value == null ? 0 : value;
  }

  @Test
  void aRequestIsAnsweredWhenItsLinesAreSafeAndNotBefore() throws Exception {
    CompletableFuture<Void> acknowledged = new CompletableFuture<>();
    outlet.answerWith(parcel -> acknowledged);
    CompletableFuture<HttpResponse<String>> answer =
        CompletableFuture.supplyAsync(() -> unchecked(() -> authorised("x\n")));
    await().until(() -> outlet.parcels.size() == 1);
    assertThat(answer).isNotDone();

    acknowledged.complete(null);
    assertThat(answer.get().statusCode()).isEqualTo(204);
  }

  @Test
  void linesThatKafkaDidNotTakeAreToBeSentAgainAndTheHealthSaysSo() throws Exception {
    assertThat(server.get("/health").statusCode()).isEqualTo(200);
    outlet.answerWith(AnsweringOutlet::refused);
    HttpResponse<String> answer = authorised("x\n");

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    assertThat(server.get("/health").statusCode()).isEqualTo(503);

    outlet.answerWith(AnsweringOutlet::taken);
    assertThat(authorised("x\n").statusCode()).isEqualTo(204);
    assertThat(server.get("/health").statusCode()).isEqualTo(200);
  }

  @Test
  void nothingOvertakesAParcelThatWasRefused() throws Exception {
    restart(Map.of("http.record.bytes", "1"));
    outlet.answerWith(
        parcel ->
            outlet.parcels.size() == 2
                ? CompletableFuture.failedFuture(new OutletRefusedException("full"))
                : AnsweringOutlet.taken(parcel));

    assertThat(authorised("a\nb\nc\n").statusCode()).isEqualTo(503);
    assertThat(outlet.text()).isEqualTo("a\nb\n");
  }

  @Test
  void anOutletThatFailsUnexpectedlyCostsItsRequestOnly() throws Exception {
    outlet.answerWith(
        parcel -> {
          throw new IllegalStateException("a defect");
        });
    assertThat(authorised("x\n").statusCode()).isEqualTo(500);
    outlet.answerWith(AnsweringOutlet::taken);
    assertThat(authorised("x\n").statusCode()).isEqualTo(204);
  }

  @Test
  void aKafkaThatNeverAcknowledgesIsNotWaitedForForEver() throws Exception {
    restart(Map.of("http.answer.time", "PT0.2S"));
    outlet.answerWith(parcel -> new CompletableFuture<>());
    assertThat(authorised("x\n").statusCode()).isEqualTo(503);
  }

  @Test
  void pathsMethodsAndTypesThatAreNotOursAreRefused() throws Exception {
    assertThat(server.get("/").body()).contains("Logdex");
    assertThat(server.get("/nowhere").statusCode()).isEqualTo(404);
    HttpResponse<String> wrongMethod = server.get("/lines");
    assertThat(wrongMethod.statusCode()).isEqualTo(405);
    assertThat(wrongMethod.headers().firstValue("Allow")).contains("POST");
    assertThat(server.post("/health", "", "x").statusCode()).isEqualTo(405);
    assertThat(post("/lines?source=db", "application/xml", "x").statusCode()).isEqualTo(415);
    assertThat(post("/logplex", "text/plain", "x").statusCode()).isEqualTo(415);
    assertThat(post("/lines?source=db", "text/plain", "x", "Content-Encoding", "br").statusCode())
        .isEqualTo(415);
  }

  @Test
  void aSourceMustBeNamedAndLookLikeOne() throws Exception {
    assertThat(post("/lines", "text/plain", "x").statusCode()).isEqualTo(400);
    assertThat(post("/lines?source=%0Ax", "text/plain", "x").statusCode()).isEqualTo(400);
    assertThat(post("/lines", "text/plain", "x", "Logdex-Source", "db1").statusCode())
        .isEqualTo(204);
    assertThat(outlet.sources()).containsExactly("db1");
  }

  @Test
  void aKeyOfTheSenderNamesTheDelivery() throws Exception {
    post("/lines?source=db", "text/plain", "x", "X-Request-Id", "r1");
    post("/lines?source=db", "text/plain", "x", "X-Request-Id", "r1", "Idempotency-Key", "k1");
    post("/lines?source=db", "text/plain", "x", "X-Request-Id", "r1");
    post("/lines?source=db", "text/plain", "another", "X-Request-Id", "r1");
    post("/lines?source=db", "text/plain", "x");
    List<String> ids = outlet.deliveries();
    assertThat(ids.get(0)).startsWith("r1-").isEqualTo(ids.get(2));
    assertThat(ids.get(1)).startsWith("k1-");
    assertThat(ids.get(3)).startsWith("r1-").isNotEqualTo(ids.get(0));
    assertThat(ids.get(4)).isEmpty();
    assertThat(
            post("/lines?source=db", "text/plain", "x", "Idempotency-Key", "k".repeat(201))
                .statusCode())
        .isEqualTo(400);
  }

  @Test
  void aSourceThatSendsTooFastHasToWaitButADrainIsNeverToldToGiveUp() throws Exception {
    restart(Map.of("http.source.bytes.per.second", "1", "http.drains", DRAIN + "=shop"));
    assertThat(authorised("more than ten bytes\n").statusCode()).isEqualTo(204);
    HttpResponse<String> answer = authorised("x\n");
    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(answer.headers().firstValue("Retry-After")).isPresent();

    assertThat(logplex(FRAMES, "2").statusCode()).isEqualTo(204);
    assertThat(logplex(FRAMES, "2").statusCode()).isEqualTo(503);
  }

  @Test
  void aClientThatAsksFirstIsToldToContinueOrNot() throws Exception {
    assertThat(
            server
                .send(
                    server
                        .request("/lines?source=db&token=s3cret")
                        .expectContinue(true)
                        .header("Content-Type", "text/plain")
                        .POST(BodyPublishers.ofString("x\n"))
                        .build())
                .statusCode())
        .isEqualTo(204);
    assertThat(statusFor("/lines?source=db", "100-continue")).isEqualTo(401);
    assertThat(statusFor("/lines?source=db&token=s3cret", "a-miracle")).isEqualTo(417);
  }

  private int statusFor(String path, String expectation) throws IOException {
    try (RawClient client = server.connect()) {
      List<String> head =
          List.of(
              "POST " + path + " HTTP/1.1",
              "Host: x",
              "Content-Type: text/plain",
              "Content-Length: 10",
              "Expect: " + expectation,
              "",
              "");
      return client.write(String.join("\r\n", head)).status();
    }
  }

  @Test
  void whatIsInWorkWhenTheServerStopsIsAnswered() throws Exception {
    CompletableFuture<Void> acknowledged = new CompletableFuture<>();
    outlet.answerWith(parcel -> acknowledged);
    CompletableFuture<HttpResponse<String>> answer =
        CompletableFuture.supplyAsync(() -> unchecked(() -> authorised("x\n")));
    await().until(() -> outlet.parcels.size() == 1);
    CompletableFuture<Void> closed = CompletableFuture.runAsync(server::close);
    await().until(() -> !server.listens());
    acknowledged.complete(null);

    assertThat(answer.get().statusCode()).isEqualTo(204);
    closed.get();
  }

  private void restart(Map<String, String> settings) {
    server.close();
    server = DrainServer.open(outlet, settings);
  }

  private HttpResponse<String> logplex(String body, String count) throws Exception {
    return logplex(body, count, DRAIN);
  }

  private HttpResponse<String> logplexFrom(String drain) throws Exception {
    return logplex(FRAMES, "2", drain);
  }

  private HttpResponse<String> logplex(String body, String count, String drain) throws Exception {
    return server.post(
        "/logplex",
        LOGPLEX,
        body,
        "Logplex-Msg-Count",
        count,
        "Logplex-Frame-Id",
        "09C5",
        "Logplex-Drain-Token",
        drain,
        "Authorization",
        basic("heroku", "s3cret"));
  }

  private HttpResponse<String> post(String path, String type, String body, String... headers)
      throws Exception {
    String withToken = path + (path.contains("?") ? "&" : "?") + "token=s3cret";
    return server.post(withToken, type, body, headers);
  }

  private HttpResponse<String> lines(String body, String... headers) throws Exception {
    return server.post("/lines?source=db", "text/plain", body, headers);
  }

  private HttpResponse<String> authorised(String body) throws Exception {
    return lines(body, "Authorization", "Bearer s3cret");
  }

  private static String basic(String user, String password) {
    return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8));
  }

  private interface Call<T> {
    T get() throws Exception;
  }

  private static <T> T unchecked(Call<T> call) {
    try {
      return call.get();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
