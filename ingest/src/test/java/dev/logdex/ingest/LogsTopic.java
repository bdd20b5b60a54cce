package dev.logdex.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logdex.ingest.event.LogHeader;
import dev.logdex.runtime.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads what lies on the logs topic. */
final class LogsTopic {
  private final String brokers;
  private final String topic;

  LogsTopic(String brokers, String prefix) {
    this.brokers = brokers;
    this.topic = Topic.LOGS.named(prefix);
  }

  /** Every record, partition by partition. */
  List<ConsumerRecord<byte[], byte[]>> records() {
    Map<String, Object> settings =
        Map.of("bootstrap.servers", brokers, "auto.offset.reset", "earliest");
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (Consumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      for (int partition = 0; partition < Topic.LOGS.partitions(); partition++) {
        TopicPartition one = new TopicPartition(topic, partition);
        consumer.assign(List.of(one));
        consumer.seekToBeginning(List.of(one));
        long end = consumer.endOffsets(List.of(one)).get(one);
        while (consumer.position(one) < end) {
          consumer.poll(Duration.ofMillis(100)).forEach(records::add);
        }
      }
    }
    return records;
  }

  /** The lines of a source in their order, without the records that came a second time. */
  List<String> lines(String source) {
    Set<String> deliveries = new HashSet<>();
    List<String> lines = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : records()) {
      if (source.equals(new String(record.key(), UTF_8)) && deliveries.add(delivery(record))) {
        lines.addAll(new String(record.value(), UTF_8).lines().toList());
      }
    }
    return lines;
  }

  /** A record without a delivery is one of its own. */
  private static String delivery(ConsumerRecord<byte[], byte[]> record) {
    Header delivery = record.headers().lastHeader(LogHeader.DELIVERY.key());
    return delivery == null
        ? record.partition() + "@" + record.offset()
        : new String(delivery.value(), UTF_8);
  }
}
