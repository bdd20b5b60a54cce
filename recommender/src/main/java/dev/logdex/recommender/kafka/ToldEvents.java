package dev.logdex.recommender.kafka;

import dev.logdex.recommender.event.RecommendationEvent;
import dev.logdex.runtime.EventJson;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads what the stage has told so far from its own topic, from the beginning to the end. */
final class ToldEvents {
  private static final Logger LOG = LoggerFactory.getLogger(ToldEvents.class);

  private ToldEvents() {}

  /** The events in the order of the topic; of each recommendation at least the newest. */
  static List<RecommendationEvent> read(Clients clients, String topic) {
    List<RecommendationEvent> events = new ArrayList<>();
    TopicContents.read(clients, topic, record -> add(record, events));
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
