package dev.logdex.recommender.kafka;

import dev.logdex.recommender.event.RecommendationEvent;
import dev.logdex.runtime.EventJson;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads what the stage has told so far from its own topic, from the beginning to the end. */
final class ToldEvents {
  private static final Logger LOG = LoggerFactory.getLogger(ToldEvents.class);
  private static final Duration POLL = Duration.ofMillis(200);

  private ToldEvents() {}

  /**
   * The events in the order of the topic; of each recommendation at least the newest. An interrupt
   * ends it with Kafka's own exception.
   */
  static List<RecommendationEvent> read(Clients clients, String topic) {
    List<RecommendationEvent> events = new ArrayList<>();
    try (Consumer<String, byte[]> consumer = clients.consumer()) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (!Positions.reached(consumer, ends)) {
        consumer.poll(POLL).forEach(record -> add(record, events));
      }
    }
    return events;
  }

  private static void add(ConsumerRecord<String, byte[]> record, List<RecommendationEvent> events) {
    if (record.value() == null) {
      return;
    }
    try {
      events.add(EventJson.read(record.value(), RecommendationEvent.class));
    } catch (UncheckedIOException notAnEvent) {
      RecommenderMetrics.unreadable();
      LOG.warn(
          "record {} of {} is not a recommendation event; what it told is told again",
          record.offset(),
          record.topic());
    }
  }
}
