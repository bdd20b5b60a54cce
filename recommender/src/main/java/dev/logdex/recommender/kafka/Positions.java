package dev.logdex.recommender.kafka;

import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/** How far a consumer has read. */
final class Positions {
  private Positions() {}

  /** Whether the consumer, if it still has these partitions, has read up to all these offsets. */
  static boolean reached(Consumer<?, ?> consumer, Map<TopicPartition, Long> ends) {
    return consumer.assignment().containsAll(ends.keySet())
        && ends.entrySet().stream()
            .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
  }
}
