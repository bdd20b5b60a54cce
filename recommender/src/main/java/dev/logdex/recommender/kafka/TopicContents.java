package dev.logdex.recommender.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Reads a topic of the stage's own from its beginning to what is its end now. */
final class TopicContents {
  private static final Duration POLL = Duration.ofMillis(200);

  private TopicContents() {}

  /**
   * Gives each record to the reader, in the order of its partition; those without a value too. An
   * interrupt ends it with Kafka's own exception.
   */
  static void read(Clients clients, String topic, Consumer<ConsumerRecord<String, byte[]>> reader) {
    try (org.apache.kafka.clients.consumer.Consumer<String, byte[]> consumer = clients.consumer()) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (!Positions.reached(consumer, ends)) {
        consumer.poll(POLL).forEach(reader);
      }
    }
  }
}
