package dev.logdex.ingest.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.luben.zstd.Zstd;
import dev.logdex.runtime.EventJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is around the lines, and what of it reaches the topic. */
class EnvelopesTest {
  private static final String JSON = "application/json";
  private static final String CLOUDWATCH =
      "{\"messageType\":\"DATA_MESSAGE\",\"logGroup\":\"g\",\"logStream\":\"s\","
          + "\"logEvents\":[{\"id\":\"1\",\"timestamp\":1,\"message\":\"a line\"}]}";
  private static final String LOG_ENTRY =
      "{\"insertId\":\"i\",\"logName\":\"p%2Fpostgres.log\",\"textPayload\":\"a line\"}";

  private final AnsweringOutlet outlet = new AnsweringOutlet();
  private DrainServer server = DrainServer.open(outlet, Map.of());

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void linesArriveAsTheyWereSentWithALineEndBehindTheLast() throws Exception {
    post("/lines?source=db", "text/plain; charset=utf-8", "one\r\n\ttwo\n\nthree");
    assertThat(outlet.text()).isEqualTo("one\r\n\ttwo\n\nthree\n");
  }

  @Test
  void documentsOnLinesArriveAsTheyWereSentTheBrokenOnesToo() throws Exception {
    post("/lines?source=db", "application/x-ndjson", "{\"message\":\"a\"}\n{broken\n");
    assertThat(outlet.text()).isEqualTo("{\"message\":\"a\"}\n{broken\n");
  }

  @Test
  void documentsOfAnArrayArriveOnALineEach() throws Exception {
    String body = "[ {\"message\": \"a\\nb\",\n \"n\": [1, {}]},\n{\"message\":\"ü\"}, \"c\\nd\" ]";
    post("/lines?source=db", JSON, body);
    assertThat(outlet.text())
        .isEqualTo("{\"message\": \"a\\nb\",  \"n\": [1, {}]}\n{\"message\":\"ü\"}\nc\nd\n");
  }

  @Test
  void documentsInARowArriveLikeThoseOfAnArray() throws Exception {
    post("/lines?source=db", JSON, "{\"message\":1}{\"message\":2}\n{\"message\":3}");
    assertThat(outlet.text()).isEqualTo("{\"message\":1}\n{\"message\":2}\n{\"message\":3}\n");
  }

  @Test
  void jsonThatIsNoneIsRefusedAsAWhole() throws Exception {
    List<String> bodies =
        List.of(
            "{\"message\":\"secret\"",
            "[{\"message\":\"secret\"},",
            "[1]",
            "null",
            "{\"a\":\"\n\"}",
            "[".repeat(5000));
    for (String body : bodies) {
      HttpResponse<String> answer = post("/lines?source=db", JSON, body);
      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(answer.body()).doesNotContain("secret");
    }
    byte[] utf16 = "[{\"a\":1}]".getBytes(StandardCharsets.UTF_16LE);
    assertThat(server.post("/lines?source=db", JSON, utf16).statusCode()).isEqualTo(400);
    assertThat(outlet.parcels).isEmpty();
  }

  @Test
  void bodiesMayBeCompressed() throws Exception {
    byte[] plain = "a line\n".getBytes(UTF_8);
    postPacked("gzip", gzip(plain));
    postPacked("deflate", packed(plain, DeflaterOutputStream::new));
    postPacked("zstd", Zstd.compress(plain));
    assertThat(outlet.text()).isEqualTo("a line\n".repeat(3));
  }

  @Test
  void aCompressedBodyThatIsDamagedIsRefused() throws Exception {
    byte[] whole = gzip("a line\n".getBytes(UTF_8));
    assertThat(
            server
                .post(
                    "/lines?source=db",
                    "text/plain",
                    Arrays.copyOf(whole, whole.length - 9),
                    "Content-Encoding",
                    "gzip")
                .statusCode())
        .isEqualTo(400);
    for (String encoding : List.of("gzip", "deflate", "zstd")) {
      assertThat(
              server
                  .post(
                      "/lines?source=db",
                      "text/plain",
                      "no such thing",
                      "Content-Encoding",
                      encoding)
                  .statusCode())
          .as(encoding)
          .isEqualTo(400);
    }
    assertThat(outlet.parcels).isEmpty();
  }

  @Test
  void aBodyThatInflatesToTooMuchIsRefused() throws Exception {
    byte[] zeros = new byte[64 << 20];
    Map<String, byte[]> bombs =
        Map.of(
            "gzip",
            gzip(zeros),
            "deflate",
            packed(zeros, DeflaterOutputStream::new),
            "zstd",
            Zstd.compress(zeros));
    for (Map.Entry<String, byte[]> bomb : bombs.entrySet()) {
      assertThat(bomb.getValue().length).isLessThan(1 << 20);
      assertThat(
              server
                  .post(
                      "/lines?source=db",
                      "text/plain",
                      bomb.getValue(),
                      "Content-Encoding",
                      bomb.getKey())
                  .statusCode())
          .as(bomb.getKey())
          .isEqualTo(413);
    }
    assertThat(outlet.parcels).isEmpty();
  }

  @Test
  void aLineThatFitsNoRecordIsRefused() throws Exception {
    byte[] packed = gzip("x".repeat(8 << 20).getBytes(UTF_8));
    assertThat(
            server
                .post("/lines?source=db", "text/plain", packed, "Content-Encoding", "gzip")
                .statusCode())
        .isEqualTo(413);
  }

  @Test
  void firehosesRecordsAreUnpackedAndAnsweredInItsForm() throws Exception {
    String body =
        firehose(base64(gzip(CLOUDWATCH.getBytes(UTF_8))), base64("plain".getBytes(UTF_8)));
    HttpResponse<String> answer =
        server.post("/firehose?source=prod", JSON, body, "X-Amz-Firehose-Request-Id", "ed4a-1");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).contains(JSON);
    JsonNode said = EventJson.mapper().readTree(answer.body());
    assertThat(said.get("requestId").asText()).isEqualTo("ed4a-1");
    assertThat(said.get("timestamp").asLong()).isEqualTo(DrainServer.NOW.toEpochMilli());
    assertThat(outlet.text()).isEqualTo(CLOUDWATCH + "\nplain\n");
    assertThat(outlet.sources()).containsExactly("prod");
    assertThat(outlet.deliveries()).containsExactly("ed4a-1");
  }

  @Test
  void firehoseIsRefusedInItsForm() throws Exception {
    outlet.answerWith(AnsweringOutlet::refused);
    HttpResponse<String> answer =
        server.post("/firehose", JSON, firehose("YQ=="), "X-Amz-Firehose-Request-Id", "ed4a-1");
    assertThat(answer.statusCode()).isEqualTo(503);
    JsonNode said = EventJson.mapper().readTree(answer.body());
    assertThat(said.get("requestId").asText()).isEqualTo("ed4a-1");
    assertThat(said.get("errorMessage").asText()).isNotEmpty();

    for (String body : List.of("[]", "{}", firehose("!"), "{\"records\":[{}]}", "{\"records\":[")) {
      assertThat(
              server
                  .post("/firehose", JSON, body, "X-Amz-Firehose-Request-Id", "ed4a-1")
                  .statusCode())
          .as(body)
          .isEqualTo(400);
    }
    assertThat(post("/firehose", JSON, firehose("YQ==")).statusCode()).isEqualTo(400);
  }

  @Test
  void recordsOfFirehoseThatInflateToTooMuchTogetherAreRefused() throws Exception {
    String bomb = base64(gzip(new byte[6 << 20]));
    HttpResponse<String> answer =
        server.post(
            "/firehose", JSON, firehose(bomb, bomb, bomb), "X-Amz-Firehose-Request-Id", "ed4a-1");
    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(outlet.parcels).isEmpty();
  }

  @Test
  void aMessageOfPubSubIsUnpackedUnderItsId() throws Exception {
    String body =
        "{\"message\":{\"data\":\""
            + base64(LOG_ENTRY.getBytes(UTF_8))
            + "\",\"messageId\":\"2070443601311540\",\"publishTime\":\"2026-11-21T12:00:00Z\"},"
            + "\"subscription\":\"projects/p/subscriptions/s\"}";
    assertThat(post("/pubsub", JSON, body).statusCode()).isEqualTo(204);
    assertThat(outlet.text()).isEqualTo(LOG_ENTRY + "\n");
    assertThat(outlet.deliveries()).containsExactly("2070443601311540");
  }

  @Test
  void aMessageOfPubSubMayComeWithoutItsEnvelope() throws Exception {
    server.post("/pubsub", JSON, LOG_ENTRY, "x-goog-pubsub-message-id", "17");
    assertThat(outlet.text()).isEqualTo(LOG_ENTRY + "\n");
    assertThat(outlet.deliveries()).containsExactly("17");
  }

  @Test
  void aMessageOfPubSubWithoutDataIsAcknowledged() throws Exception {
    String body = "{\"message\":{\"attributes\":{\"a\":\"b\"},\"messageId\":\"1\"}}";
    assertThat(post("/pubsub", JSON, body).statusCode()).isEqualTo(204);
    assertThat(outlet.parcels).isEmpty();
    assertThat(post("/pubsub", JSON, "{\"message\":1}").statusCode()).isEqualTo(400);
    assertThat(post("/pubsub", JSON, "{\"message\":{\"data\":7}}").statusCode()).isEqualTo(400);
  }

  @Test
  void formsThatTheNormalizerKnowsGoOnAsTheyAre() throws Exception {
    String azure = "{\"records\":[{\"category\":\"PostgreSQLLogs\"}]}";
    post("/cloudwatch?source=rds", JSON, CLOUDWATCH);
    post("/azure", JSON, "[" + azure + "," + azure + "]");
    assertThat(outlet.text()).isEqualTo(CLOUDWATCH + "\n" + azure + "\n" + azure + "\n");
    assertThat(outlet.sources()).containsExactly("rds", "azure");
  }

  private HttpResponse<String> post(String path, String type, String body) throws Exception {
    return server.post(path, type, body);
  }

  private void postPacked(String encoding, byte[] body) throws Exception {
    assertThat(
            server
                .post("/lines?source=db", "text/plain", body, "Content-Encoding", encoding)
                .statusCode())
        .as(encoding)
        .isEqualTo(204);
  }

  private static String firehose(String... data) {
    StringBuilder records = new StringBuilder();
    for (String one : data) {
      records.append(records.isEmpty() ? "" : ",").append("{\"data\":\"" + one + "\"}");
    }
    return "{\"requestId\":\"ed4a-1\",\"timestamp\":1578090901599,\"records\":[" + records + "]}";
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static byte[] gzip(byte[] plain) throws IOException {
    return packed(plain, GZIPOutputStream::new);
  }

  private interface Packing {
    OutputStream open(OutputStream out) throws IOException;
  }

  private static byte[] packed(byte[] plain, Packing packing) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = packing.open(bytes)) {
      out.write(plain);
    }
    return bytes.toByteArray();
  }
}
