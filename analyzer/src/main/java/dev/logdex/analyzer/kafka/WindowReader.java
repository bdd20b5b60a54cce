package dev.logdex.analyzer.kafka;

import dev.logdex.normalizer.event.QueryWindow;
import dev.logdex.runtime.EventJson;
import dev.logdex.runtime.Topic;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads all query windows from the beginning: the topic is the analyzer's state. The consumer
 * group's offsets say only how far windows have been analysed. Not thread-safe, but for {@link
 * #wakeUp}.
 */
public final class WindowReader implements AutoCloseable {
  private final KafkaConsumer<String, byte @Nullable []> consumer;
  private final List<TopicPartition> partitions;

  private WindowReader(
      KafkaConsumer<String, byte @Nullable []> consumer, List<TopicPartition> partitions) {
    this.consumer = consumer;
    this.partitions = List.copyOf(partitions);
  }

  /** Opens a reader at the beginning of the topic, which must exist. */
  public static WindowReader open(Map<String, Object> client, String topicPrefix) {
    Map<String, Object> settings = new HashMap<>(client);
    settings.put(ConsumerConfig.GROUP_ID_CONFIG, group(topicPrefix));
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    KafkaConsumer<String, byte @Nullable []> consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
    try {
      String topic = Topic.QUERY_WINDOWS.named(topicPrefix);
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(each -> new TopicPartition(topic, each.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      return new WindowReader(consumer, partitions);
    } catch (RuntimeException e) {
      consumer.close();
      throw e;
    }
  }

  /** The consumer group whose offsets tell how far windows have been analysed. */
  public static String group(String topicPrefix) {
    return topicPrefix + "analyzer";
  }

  /** Takes what was read. */
  public interface Receiver {
    void window(QueryWindow window);

    /** A record that is no query window, by topic, partition and offset. */
    void unreadable(String place);
  }

  /** Hands over what comes within the time. */
  public void poll(Duration timeout, Receiver receiver) {
    for (ConsumerRecord<String, byte @Nullable []> each : consumer.poll(timeout)) {
      byte[] json = each.value();
      if (json == null) {
        continue;
      }
      try {
        receiver.window(EventJson.read(json, QueryWindow.class));
      } catch (UncheckedIOException e) {
        receiver.unreadable(each.topic() + ":" + each.partition() + ":" + each.offset());
      }
    }
  }

  /** Whether everything that is on the topic now has been handed over. */
  public boolean caughtUp() {
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    return ends.entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
  }

  /** Where each partition goes on. */
  public Map<TopicPartition, OffsetAndMetadata> positions() {
    Map<TopicPartition, OffsetAndMetadata> positions = new HashMap<>();
    partitions.forEach(each -> positions.put(each, new OffsetAndMetadata(consumer.position(each))));
    return positions;
  }

  ConsumerGroupMetadata groupMetadata() {
    return consumer.groupMetadata();
  }

  /** Ends a {@link #poll} that is waiting, from another thread. */
  public void wakeUp() {
    consumer.wakeup();
  }

  @Override
  public void close() {
    consumer.close();
  }
}
