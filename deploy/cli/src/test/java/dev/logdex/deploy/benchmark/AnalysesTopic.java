package dev.logdex.deploy.benchmark;

import dev.logdex.analyzer.event.TableAnalysis;
import dev.logdex.recommender.Recommender;
import dev.logdex.recommender.RecommenderConfig;
import dev.logdex.runtime.EventJson;
import dev.logdex.runtime.Topic;
import dev.logdex.runtime.TopicAdmin;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A topic of analyses that recommenders read, with topics of its own beside it. */
final class AnalysesTopic implements AutoCloseable {
  private final String prefix = "benchmark-" + UUID.randomUUID() + ".";
  private final String bootstrapServers;
  private final Admin admin;
  private final KafkaProducer<String, byte[]> producer;

  AnalysesTopic(String bootstrapServers) {
    this.bootstrapServers = bootstrapServers;
    Map<String, Object> client = Map.of("bootstrap.servers", bootstrapServers);
    TopicAdmin.createMissing(client, prefix);
    admin = Admin.create(client);
    producer = new KafkaProducer<>(client, new StringSerializer(), new ByteArraySerializer());
  }

  /** Puts an analysis on the topic and gives its bytes. */
  long put(TableAnalysis analysis) {
    byte[] value = EventJson.write(analysis);
    var unused =
        producer.send(
            new ProducerRecord<>(Topic.TABLE_ANALYSES.named(prefix), analysis.key(), value));
    return value.length;
  }

  /** Waits until everything put is there. */
  void flush() {
    producer.flush();
  }

  /** One that proposes at once. */
  Recommender newRecommender(Map<String, String> own) {
    Map<String, String> settings = new HashMap<>(own);
    settings.put("bootstrap.servers", bootstrapServers);
    settings.put("topic.prefix", prefix);
    settings.put("rounds.to.propose", "1");
    return new Recommender(RecommenderConfig.parse(settings), Clock.systemUTC());
  }

  /** Records of the recommendations topic, the ones that compaction took away too. */
  long told() {
    return end(Topic.RECOMMENDATIONS);
  }

  /** Whether a recommender has committed all analyses, and so published what follows. */
  boolean isDone() {
    OffsetAndMetadata committed =
        asked(
                () ->
                    admin
                        .listConsumerGroupOffsets(Recommender.group(prefix))
                        .partitionsToOffsetAndMetadata()
                        .get())
            .get(partition(Topic.TABLE_ANALYSES));
    return committed != null && committed.offset() == end(Topic.TABLE_ANALYSES);
  }

  /** Forgets what was committed, so that {@link #isDone} tells of the next recommender. */
  void forgetCommits() {
    asked(
        () ->
            admin
                .deleteConsumerGroupOffsets(
                    Recommender.group(prefix), Set.of(partition(Topic.TABLE_ANALYSES)))
                .all()
                .get());
  }

  private long end(Topic topic) {
    TopicPartition partition = partition(topic);
    return asked(
        () ->
            admin
                .listOffsets(Map.of(partition, OffsetSpec.latest()))
                .partitionResult(partition)
                .get()
                .offset());
  }

  private TopicPartition partition(Topic topic) {
    return new TopicPartition(topic.named(prefix), 0);
  }

  private interface Question<T> {
    T ask() throws InterruptedException, ExecutionException;
  }

  private static <T> T asked(Question<T> question) {
    try {
      return question.ask();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    producer.close();
    admin.close();
  }
}
