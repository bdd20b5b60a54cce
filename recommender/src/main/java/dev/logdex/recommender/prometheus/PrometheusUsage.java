package dev.logdex.recommender.prometheus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.logdex.recommender.usage.NodeUsage;
import dev.logdex.recommender.usage.UsageSource;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Base64;
import java.util.List;

/**
 * Asks a Prometheus that scrapes postgres_exporter on every node. What counts is the increase over
 * the whole span, and only of indexes that had a series at its beginning, too: of others it is not
 * known how long they have been there.
 */
public final class PrometheusUsage implements UsageSource {
  private static final String METRIC = "pg_stat_user_indexes_idx_scan";
  private static final String LABELS = "instance, datname, schemaname, relname, indexrelname";

  /** Series of some 300,000 indexes; a larger answer is refused. */
  private static final int ANSWER_BYTES = 128 << 20;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client;
  private final URI query;
  private final String authorization;
  private final String selector;
  private final Duration span;
  private final Duration timeout;

  /**
   * A source.
   *
   * @param server its address, such as {@code http://prometheus:9090}; user and password in it are
   *     sent as basic authentication
   * @param selector of labels, such as {@code env="prod"}; empty for all
   * @param span over which an index must not have been read
   */
  public PrometheusUsage(URI server, String selector, Duration span, Duration timeout) {
    String base = server.toString().replaceFirst("//[^/@]*@", "//").replaceFirst("/+$", "");
    this.query = URI.create(base + "/api/v1/query");
    this.authorization =
        server.getUserInfo() == null
            ? ""
            : "Basic " + Base64.getEncoder().encodeToString(server.getUserInfo().getBytes(UTF_8));
    this.selector = requireNonNull(selector, "selector");
    this.span = requireNonNull(span, "span");
    this.timeout = requireNonNull(timeout, "timeout");
    this.client = HttpClient.newBuilder().connectTimeout(timeout).build();
  }

  @Override
  public List<NodeUsage> read() {
    try {
      JsonNode increases =
          ask("sum by (" + LABELS + ") (increase(" + series("[" + seconds() + "]") + "))");
      JsonNode before = ask("count by (" + LABELS + ") (" + series(" offset " + seconds()) + ")");
      return Answers.nodes(increases, before, span);
    } catch (IOException e) {
      return unknown(e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return unknown("interrupted");
    }
  }

  /** Which databases it would have told of is not known either. */
  private List<NodeUsage> unknown(String failure) {
    return List.of(NodeUsage.unknown(NodeUsage.ANY_DATABASE, query.getAuthority(), failure));
  }

  private String series(String range) {
    return METRIC + (selector.isEmpty() ? "" : "{" + selector + "}") + range;
  }

  private String seconds() {
    return span.toSeconds() + "s";
  }

  private JsonNode ask(String expression) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(query)
            .timeout(timeout)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "query=" + URLEncoder.encode(expression, UTF_8)));
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }
    HttpResponse<InputStream> response =
        client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    try (InputStream body = response.body()) {
      if (response.statusCode() != 200) {
        throw new IOException("HTTP status " + response.statusCode());
      }
      return result(body.readNBytes(ANSWER_BYTES + 1));
    }
  }

  private static JsonNode result(byte[] answer) throws IOException {
    if (answer.length > ANSWER_BYTES) {
      throw new IOException("an answer of more than " + ANSWER_BYTES + " bytes");
    }
    JsonNode read = JSON.readTree(answer);
    if (!read.path("status").asText().equals("success")) {
      throw new IOException("an answer that is no success");
    }
    return read.path("data").path("result");
  }
}
