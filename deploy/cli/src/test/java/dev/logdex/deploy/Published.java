package dev.logdex.deploy;

import dev.logdex.embedded.ItParts;
import dev.logdex.recommender.event.Recommendation;
import dev.logdex.recommender.event.RecommendationEvent;
import dev.logdex.recommender.event.RecommendationKind;
import dev.logdex.recommender.event.RecommendationState;
import dev.logdex.recommender.event.ScanGain;
import dev.logdex.recommender.event.Severity;
import dev.logdex.recommender.event.StatementGain;
import dev.logdex.recommender.event.TableEvidence;
import dev.logdex.recommender.event.WriteCosts;
import dev.logdex.runtime.EventJson;
import dev.logdex.runtime.Topic;
import dev.logdex.runtime.TopicAdmin;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Recommendations on topics of a test's own, as a recommender leaves them. */
final class Published implements AutoCloseable {
  private static final Map<String, Object> CLIENT = Map.of("bootstrap.servers", ItParts.kafka());

  private final String prefix = "published-" + UUID.randomUUID() + ".";
  private final KafkaProducer<String, byte[]> producer =
      new KafkaProducer<>(CLIENT, new StringSerializer(), new ByteArraySerializer());

  Published() {
    TopicAdmin.createMissing(CLIENT, prefix);
  }

  /** What a recommendation is like. */
  record Advice(String id, String database, Severity severity, String change) {
    static Advice of(String id) {
      return new Advice(id, "shop", Severity.MEDIUM, "First proposed.");
    }
  }

  String prefix() {
    return prefix;
  }

  void tell(Advice advice, RecommendationState state, long change) throws Exception {
    RecommendationEvent event =
        RecommendationEvent.of(
            URI.create("urn:logdex:recommender"),
            recommendation(advice, state),
            change,
            Instant.parse("2026-01-02T03:04:05.678Z"));
    send(Topic.RECOMMENDATIONS, advice.id(), EventJson.write(event));
  }

  @Override
  public void close() {
    producer.close();
  }

  private void send(Topic topic, String key, byte[] value)
      throws InterruptedException, ExecutionException {
    producer.send(new ProducerRecord<>(topic.named(prefix), key, value)).get();
  }

  private static Recommendation recommendation(Advice advice, RecommendationState state) {
    return new Recommendation(
        advice.id(),
        state,
        RecommendationKind.CREATE_INDEX,
        advice.change(),
        advice.severity(),
        advice.id(),
        advice.database(),
        "public.orders",
        "USING btree (a)",
        "index_orders_on_a",
        "CREATE INDEX CONCURRENTLY index_orders_on_a ON public.orders USING btree (a)",
        "DROP INDEX CONCURRENTLY public.index_orders_on_a",
        List.of(),
        1,
        0.1,
        WriteCosts.NONE,
        null,
        10,
        "A reason.",
        List.of(),
        List.of(),
        new TableEvidence(1, 1, 0, 0, 0),
        1,
        List.of(new StatementGain("0123456789abcdef", "SELECT 1", 1, 20, 10)),
        1,
        List.of(new ScanGain("s", List.of("a = $1"), 1, 20, 10, true)),
        null,
        null,
        "Add an index on public.orders (a)",
        "body");
  }
}
