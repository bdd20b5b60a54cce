package dev.logdex.recommender.prometheus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.logdex.recommender.usage.NodeUsage;
import dev.logdex.recommender.usage.Reading;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a server that answers as the manual of Prometheus's HTTP API says. */
class PrometheusUsageTest {
  private final List<String> questions = new CopyOnWriteArrayList<>();
  private final List<String> logins = new CopyOnWriteArrayList<>();
  private HttpServer server;
  private int status = 200;
  private String increases = vector();
  private String before = vector();

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/prom/api/v1/query", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String question =
        URLDecoder.decode(new String(exchange.getRequestBody().readAllBytes(), UTF_8), UTF_8);
    questions.add(question);
    logins.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
    byte[] answer = (question.contains("increase") ? increases : before).getBytes(UTF_8);
    exchange.sendResponseHeaders(status, answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }

  private static String vector(String... samples) {
    return "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":["
        + String.join(",", samples)
        + "]}}";
  }

  private static String sample(String instance, String index, String value) {
    return """
        {"metric":{"instance":"%s","datname":"shop","schemaname":"public","relname":"orders",\
        "indexrelname":"%s"},"value":[1767225600.25,"%s"]}"""
        .formatted(instance, index, value);
  }

  private List<NodeUsage> read() {
    return new PrometheusUsage(
            URI.create("http://u:p@localhost:" + server.getAddress().getPort() + "/prom/"),
            "env=\"prod\"",
            Duration.ofDays(35),
            Duration.ofSeconds(10))
        .read();
  }

  private static Reading reading(NodeUsage node) {
    return Objects.requireNonNull(node.reading());
  }

  @Test
  void everyInstanceOfADatabaseIsANode() {
    increases = vector(sample("db1:9187", "a", "0"), sample("db2:9187", "a", "12.3"));
    before = vector(sample("db1:9187", "a", "1"), sample("db2:9187", "a", "1"));

    List<NodeUsage> nodes = read();

    assertThat(nodes).extracting(NodeUsage::database).containsExactly("shop", "shop");
    assertThat(nodes).extracting(NodeUsage::node).containsExactly("db1:9187", "db2:9187");
    assertThat(reading(nodes.get(0)).index("public", "a").orElseThrow().scans()).isZero();
    assertThat(reading(nodes.get(1)).index("public", "a").orElseThrow().scans()).isEqualTo(13);
    assertThat(reading(nodes.get(0)).readAt()).isEqualTo(Instant.ofEpochMilli(1767225600250L));
    assertThat(reading(nodes.get(0)).countedSince())
        .isEqualTo(reading(nodes.get(0)).readAt().minus(Duration.ofDays(35)));
  }

  @Test
  void anIndexThatHadNoSeriesAtTheBeginningIsNotKnown() {
    increases = vector(sample("db1:9187", "a", "0"), sample("db1:9187", "new", "0"));
    before = vector(sample("db1:9187", "a", "1"));

    assertThat(reading(read().get(0)).indexes()).containsOnlyKeys(new Reading.Name("public", "a"));
  }

  @Test
  void theWholeSpanIsAskedForWithSelectorAndLogin() {
    read();

    assertThat(questions)
        .containsExactly(
            "query=sum by (instance, datname, schemaname, relname, indexrelname)"
                + " (increase(pg_stat_user_indexes_idx_scan{env=\"prod\"}[3024000s]))",
            "query=count by (instance, datname, schemaname, relname, indexrelname)"
                + " (pg_stat_user_indexes_idx_scan{env=\"prod\"} offset 3024000s)");
    assertThat(logins).containsOnly("Basic dTpw");
  }

  @Test
  void anIncreaseThatIsNoNumberIsTakenForARead() {
    increases = vector(sample("db1:9187", "a", "NaN"), sample("db1:9187", "b", "+Inf"));
    before = increases;

    assertThat(reading(read().get(0)).indexes().values())
        .hasSize(2)
        .allMatch(index -> index.scans() > 0);
  }

  @Test
  void aRefusalMakesAllDatabasesUnknown() {
    status = 503;

    assertThat(read())
        .singleElement()
        .satisfies(
            node -> {
              assertThat(node.database()).isEqualTo(NodeUsage.ANY_DATABASE);
              assertThat(node.reading()).isNull();
              assertThat(node.failure()).isEqualTo("HTTP status 503");
              assertThat(node.node()).doesNotContain("u:p");
            });
  }

  @Test
  void anErrorOrNonsenseMakesAllDatabasesUnknown() {
    for (String answer : List.of("{\"status\":\"error\",\"error\":\"x\"}", "<html>", "")) {
      increases = answer;
      assertThat(read()).singleElement().extracting(NodeUsage::reading).isNull();
    }
  }

  @Test
  void aServerThatIsNotThereMakesAllDatabasesUnknown() {
    server.stop(0);

    assertThat(read()).singleElement().extracting(NodeUsage::reading).isNull();
  }
}
