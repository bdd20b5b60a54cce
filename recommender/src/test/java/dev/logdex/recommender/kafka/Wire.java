package dev.logdex.recommender.kafka;

import dev.logdex.analyzer.event.Analysis;
import dev.logdex.recommender.Recommender;
import dev.logdex.recommender.RecommenderConfig;
import dev.logdex.recommender.event.RecommendationCommand;
import dev.logdex.recommender.event.RecommendationEvent;
import dev.logdex.runtime.EventJson;
import dev.logdex.runtime.Topic;
import dev.logdex.runtime.TopicAdmin;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A set of topics of a test's own, seen from outside the stage. */
public final class Wire implements AutoCloseable {
  private final String bootstrapServers;
  private final String prefix;
  private final Map<String, Object> client;
  private final KafkaProducer<String, byte[]> producer;
  private final Admin admin;

  private Wire(String bootstrapServers, String prefix) {
    this.bootstrapServers = bootstrapServers;
    this.prefix = prefix;
    client = Map.of("bootstrap.servers", bootstrapServers);
    TopicAdmin.createMissing(client, prefix);
    producer = new KafkaProducer<>(client, new StringSerializer(), new ByteArraySerializer());
    admin = Admin.create(client);
  }

  public static Wire open(String bootstrapServers) {
    return open(bootstrapServers, "it-" + UUID.randomUUID() + ".");
  }

  public static Wire open(String bootstrapServers, String prefix) {
    return new Wire(bootstrapServers, prefix);
  }

  public String prefix() {
    return prefix;
  }

  /** One that proposes and withdraws at once. */
  public Recommender newRecommender() {
    return newRecommender(Map.of("rounds.to.propose", "1", "rounds.to.withdraw", "1"));
  }

  public Recommender newRecommender(Map<String, String> own) {
    Map<String, String> settings = new HashMap<>(own);
    settings.put("bootstrap.servers", bootstrapServers);
    settings.put("topic.prefix", prefix);
    settings.put("kafka.session.timeout.ms", "6000");
    return new Recommender(RecommenderConfig.parse(settings), Clock.systemUTC());
  }

  public void analysed(Analysis analysis) {
    send(Topic.TABLE_ANALYSES, analysis.key(), EventJson.write(analysis));
  }

  public void told(RecommendationEvent event) {
    send(Topic.RECOMMENDATIONS, event.subject(), EventJson.write(event));
  }

  public void decided(RecommendationCommand command) {
    send(Topic.RECOMMENDATION_COMMANDS, command.recommendation(), EventJson.write(command));
  }

  /** A null value is a tombstone. */
  public void send(Topic topic, String key, byte[] value) {
    try {
      producer.send(new ProducerRecord<>(topic.named(prefix), key, value)).get();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  public List<RecommendationEvent> events() {
    return records().stream()
        .map(record -> EventJson.read(record.value(), RecommendationEvent.class))
        .toList();
  }

  /** All records of the recommendations topic. */
  public List<ConsumerRecord<String, byte[]>> records() {
    return records(Topic.RECOMMENDATIONS);
  }

  /** All records of a topic of one partition. */
  public List<ConsumerRecord<String, byte[]>> records(Topic topic) {
    TopicPartition partition = new TopicPartition(topic.named(prefix), 0);
    List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(
            new HashMap<>(client), new StringDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).get(partition);
      while (consumer.position(partition) < end) {
        consumer.poll(Duration.ofMillis(100)).forEach(records::add);
      }
    }
    return records;
  }

  /** Whether the stage has committed all analyses that there are. */
  public boolean isDone() {
    return isDone(Recommender.group(prefix), Topic.TABLE_ANALYSES);
  }

  /** Whether the group has committed all that a topic of one partition holds. */
  public boolean isDone(String group, Topic topic) {
    TopicPartition partition = new TopicPartition(topic.named(prefix), 0);
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(
            new HashMap<>(client), new StringDeserializer(), new ByteArrayDeserializer())) {
      long end = consumer.endOffsets(List.of(partition)).get(partition);
      OffsetAndMetadata committed =
          admin
              .listConsumerGroupOffsets(group)
              .partitionsToOffsetAndMetadata()
              .get()
              .get(partition);
      return committed != null && committed.offset() == end;
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Forgets what was committed, as if the stage had been killed before it could. */
  public void forgetCommits() {
    try {
      admin.deleteConsumerGroupOffsets(Recommender.group(prefix), Set.of(analyses())).all().get();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    producer.close();
    admin.close();
  }

  private TopicPartition analyses() {
    return new TopicPartition(Topic.TABLE_ANALYSES.named(prefix), 0);
  }
}
