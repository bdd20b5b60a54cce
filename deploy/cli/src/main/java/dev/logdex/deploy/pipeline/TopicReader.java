package dev.logdex.deploy.pipeline;

import dev.logdex.runtime.EventJson;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Reads a topic of events as anyone may, as a member of no group: from its beginning, only what was
 * committed, tombstones left out. Not thread-safe.
 */
public final class TopicReader<T> implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(100);

  private final KafkaConsumer<String, T> consumer;

  private TopicReader(KafkaConsumer<String, T> consumer) {
    this.consumer = consumer;
  }

  /** Opens a reader that stands at the beginning of every partition of the topic. */
  public static <T> TopicReader<T> open(
      Map<String, Object> clientSettings, String topic, Class<T> type) {
    Map<String, Object> settings = new HashMap<>(clientSettings);
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    Deserializer<T> events = EventJson.deserializer(type);
    KafkaConsumer<String, T> consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), events);
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(partition -> new TopicPartition(topic, partition.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    return new TopicReader<>(consumer);
  }

  /** Moves behind everything that is on the topic now. */
  public void skipToEnd() {
    consumer.seekToEnd(consumer.assignment());
    // seeking is lazy; asking for the position makes it happen now
    consumer.assignment().forEach(consumer::position);
  }

  /** Gives the events up to what was the end of the topic when it was called. */
  public void readToEnd(Consumer<T> events) {
    Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
    while (ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
      poll(events);
    }
  }

  /** Gives the events that have come, waiting a moment when there are none. */
  public void poll(Consumer<T> events) {
    ConsumerRecords<String, T> records = consumer.poll(POLL);
    List<T> found = new ArrayList<>();
    for (ConsumerRecord<String, T> each : records) {
      if (each.value() != null) {
        found.add(each.value());
      }
    }
    found.forEach(events);
  }

  @Override
  public void close() {
    consumer.close();
  }
}
