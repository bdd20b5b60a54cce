package dev.logdex.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logdex.ingest.event.LogHeader;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What stands on the logs topic, put together again by the files and places in its headers. */
final class ShippedLog {
  private static final Duration POLL = Duration.ofMillis(100);

  private final Map<String, ByteArrayOutputStream> files = new LinkedHashMap<>();

  private ShippedLog() {}

  /** Reads what is there now. */
  static ShippedLog read(Map<String, Object> client, String topic) {
    ShippedLog log = new ShippedLog();
    Map<String, Object> settings = new HashMap<>(client);
    settings.put("enable.auto.commit", false);
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      Map<TopicPartition, Long> ends =
          consumer.endOffsets(
              consumer.partitionsFor(topic).stream()
                  .map(partition -> new TopicPartition(topic, partition.partition()))
                  .toList());
      consumer.assign(ends.keySet());
      consumer.seekToBeginning(ends.keySet());
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        consumer.poll(POLL).forEach(log::add);
      }
    }
    return log;
  }

  /** The lines, those of a file that was met first standing first. */
  String text() {
    StringBuilder text = new StringBuilder();
    files.values().forEach(file -> text.append(file.toString(UTF_8)));
    return text.toString();
  }

  private void add(ConsumerRecord<byte[], byte[]> record) {
    if (record.value().length == 0) {
      return; // tells an end
    }
    ByteArrayOutputStream file =
        files.computeIfAbsent(header(record, LogHeader.FILE), name -> new ByteArrayOutputStream());
    int known = file.size() - Integer.parseInt(header(record, LogHeader.POSITION));
    if (known < 0) {
      throw new IllegalStateException(
          -known + " bytes are missing before offset " + record.offset());
    }
    if (known < record.value().length) {
      file.write(record.value(), known, record.value().length - known);
    }
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, LogHeader name) {
    Header header = record.headers().lastHeader(name.key());
    return new String(header.value(), UTF_8);
  }
}
