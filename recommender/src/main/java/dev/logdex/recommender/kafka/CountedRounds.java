package dev.logdex.recommender.kafka;

import dev.logdex.recommender.lifecycle.Rounds;
import dev.logdex.runtime.EventJson;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads how often advice has won and lost, as a former life of the stage counted it. */
final class CountedRounds {
  private static final Logger LOG = LoggerFactory.getLogger(CountedRounds.class);

  private CountedRounds() {}

  /** The newest of each table. */
  static Map<String, Rounds> read(Clients clients, String topic) {
    Map<String, Rounds> rounds = new HashMap<>();
    TopicContents.read(clients, topic, record -> put(record, rounds));
    return rounds;
  }

  private static void put(ConsumerRecord<String, byte[]> record, Map<String, Rounds> rounds) {
    rounds.remove(record.key());
    if (record.value() == null) {
      return;
    }
    try {
      rounds.put(record.key(), EventJson.read(record.value(), Rounds.class));
    } catch (UncheckedIOException notRounds) {
      RecommenderMetrics.unreadable();
      LOG.warn(
          "record {} of {} does not hold rounds; those of its table are counted anew",
          record.offset(),
          record.topic());
    }
  }
}
