package dev.logdex.recommender.kafka;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Opens the stage's Kafka clients; what its promises rest on cannot be overridden. */
record Clients(Map<String, Object> settings) {
  /** So that an instance that was killed is not waited for much longer. */
  private static final int SESSION_TIMEOUT_MS = 10_000;

  /** A consumer that shares the group's partitions. */
  Consumer<String, byte[]> groupConsumer(String group) {
    return consumer(Map.of(ConsumerConfig.GROUP_ID_CONFIG, group));
  }

  /** A consumer that is of no group, for partitions that it is told. */
  Consumer<String, byte[]> consumer() {
    return consumer(Map.of());
  }

  Producer<String, byte[]> producer() {
    Map<String, Object> all = new HashMap<>(settings);
    all.put(ProducerConfig.ACKS_CONFIG, "all");
    all.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    // a topic just created may refuse the first request and take the second: KAFKA-15591
    all.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
    return new KafkaProducer<>(all, new StringSerializer(), new ByteArraySerializer());
  }

  private Consumer<String, byte[]> consumer(Map<String, Object> own) {
    Map<String, Object> all = new HashMap<>();
    all.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_TIMEOUT_MS);
    all.putAll(settings);
    all.remove(ConsumerConfig.GROUP_ID_CONFIG);
    all.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    all.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    all.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    all.putAll(own);
    return new KafkaConsumer<>(all, new StringDeserializer(), new ByteArrayDeserializer());
  }
}
