package dev.logdex.ingest.kafka;

import dev.logdex.runtime.Topic;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;

/** What every producer of the logs topic is opened with. */
final class ProducerSettings {
  private static final int BATCH_BYTES = 256 * 1024;

  private ProducerSettings() {}

  /**
   * Ours around the user's; a fresh map on each call.
   *
   * @param kafkaClient as passed through
   */
  static Map<String, Object> of(Map<String, Object> kafkaClient, String compression) {
    Map<String, Object> producer = new HashMap<>();
    producer.put(ProducerConfig.LINGER_MS_CONFIG, 5);
    producer.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
    producer.putAll(kafkaClient);
    // not to be overridden: without these, lines could be lost, doubled or refused
    producer.put(ProducerConfig.ACKS_CONFIG, "all");
    producer.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    // on a topic that was just created a second request may be taken though the first was refused,
    // and then the first one never is (KAFKA-15591); large batches make up for the waiting
    producer.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
    producer.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, compression);
    producer.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topic.LOGS.maxMessageBytes());
    return producer;
  }

  /**
   * For a way in that stays and whose senders cannot send again: waits for Kafka for as long as it
   * takes, since a record that is given up and sent once more would come behind later ones.
   */
  static Map<String, Object> patient(Map<String, Object> kafkaClient, String compression) {
    Map<String, Object> patient = new HashMap<>();
    patient.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Integer.MAX_VALUE);
    patient.putAll(kafkaClient);
    return of(patient, compression);
  }
}
