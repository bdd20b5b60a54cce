package dev.logdex.recommender.prometheus;

import com.fasterxml.jackson.databind.JsonNode;
import dev.logdex.recommender.usage.IndexFigures;
import dev.logdex.recommender.usage.NodeUsage;
import dev.logdex.recommender.usage.Reading;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Reads the vectors that Prometheus answers with. */
final class Answers {
  private Answers() {}

  private record Node(String database, String instance) {}

  private record Series(Node node, Reading.Name index) {
    static Series of(JsonNode metric) {
      return new Series(
          new Node(metric.path("datname").asText(), metric.path("instance").asText()),
          new Reading.Name(
              metric.path("schemaname").asText(), metric.path("indexrelname").asText()));
    }
  }

  /**
   * The nodes of all databases.
   *
   * @param increases of the reads over the span, a vector
   * @param before the series that were there at its beginning, a vector
   */
  static List<NodeUsage> nodes(JsonNode increases, JsonNode before, Duration span) {
    Set<Series> old = new HashSet<>();
    before.forEach(sample -> old.add(Series.of(sample.path("metric"))));
    Map<String, List<IndexFigures>> indexes = new TreeMap<>();
    Map<String, Node> nodes = new TreeMap<>();
    Map<String, Instant> readAt = new TreeMap<>();
    for (JsonNode sample : increases) {
      Series series = Series.of(sample.path("metric"));
      String key = series.node.database + "\0" + series.node.instance;
      nodes.put(key, series.node);
      readAt.put(key, time(sample.path("value").path(0)));
      List<IndexFigures> known = indexes.computeIfAbsent(key, each -> new ArrayList<>());
      if (old.contains(series)) {
        known.add(figures(series.index, sample.path("value").path(1).asText()));
      }
    }
    List<NodeUsage> usage = new ArrayList<>();
    nodes.forEach(
        (key, node) ->
            usage.add(
                usage(
                    node,
                    readAt.getOrDefault(key, Instant.EPOCH),
                    span,
                    indexes.getOrDefault(key, List.of()))));
    return usage;
  }

  private static NodeUsage usage(
      Node node, Instant readAt, Duration span, List<IndexFigures> indexes) {
    return NodeUsage.read(
        node.database,
        node.instance,
        Reading.of(readAt, readAt.minus(span), false, 0, indexes, List.of()));
  }

  /** An increase is extrapolated and so is seldom whole; any is a read. */
  private static IndexFigures figures(Reading.Name index, String increase) {
    double reads = Double.parseDouble(increase.replace("Inf", "Infinity"));
    long scans = Double.isNaN(reads) ? 1 : (long) Math.ceil(reads);
    return new IndexFigures(index, scans, null, null, null, null);
  }

  /** Seconds since 1970 with a fraction. */
  private static Instant time(JsonNode seconds) {
    BigDecimal millis = seconds.decimalValue().movePointRight(3);
    return Instant.ofEpochMilli(millis.longValue());
  }
}
