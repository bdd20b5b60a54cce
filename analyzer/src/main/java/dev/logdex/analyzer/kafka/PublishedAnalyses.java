package dev.logdex.analyzer.kafka;

import dev.logdex.analyzer.event.Analysis;
import dev.logdex.runtime.EventJson;
import dev.logdex.runtime.Topic;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;

/** What the analyzer has published so far, read back from its topic at the start. */
public final class PublishedAnalyses {
  private static final Duration POLL = Duration.ofMillis(200);

  private PublishedAnalyses() {}

  /**
   * The newest analysis of each key.
   *
   * @param goOn asked now and then; what has been read is given when it says no
   */
  public static Map<String, Analysis> read(
      Map<String, Object> client, String topicPrefix, BooleanSupplier goOn) {
    Map<String, Object> settings = new HashMap<>(client);
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    try (KafkaConsumer<String, byte @Nullable []> consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
      return readAll(consumer, Topic.TABLE_ANALYSES.named(topicPrefix), goOn);
    }
  }

  private static Map<String, Analysis> readAll(
      KafkaConsumer<String, byte @Nullable []> consumer, String topic, BooleanSupplier goOn) {
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(each -> new TopicPartition(topic, each.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    Map<String, Analysis> published = new TreeMap<>();
    while (goOn.getAsBoolean() && !reached(consumer, ends)) {
      for (ConsumerRecord<String, byte @Nullable []> each : consumer.poll(POLL)) {
        read(each.value())
            .ifPresentOrElse(
                analysis -> published.put(each.key(), analysis),
                () -> published.remove(each.key()));
      }
    }
    return published;
  }

  /** What cannot be read was written by another version: it counts as never published. */
  private static Optional<Analysis> read(byte @Nullable [] json) {
    try {
      return json == null ? Optional.empty() : Optional.of(EventJson.read(json, Analysis.class));
    } catch (UncheckedIOException e) {
      return Optional.empty();
    }
  }

  private static boolean reached(
      KafkaConsumer<String, byte @Nullable []> consumer, Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
  }
}
