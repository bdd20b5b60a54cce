package dev.logdex.normalizer.benchmark;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logdex.ingest.event.LogHeader;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Writes a log of statements with durations, about 150 bytes a line, to a topic: some servers in
 * parallel, each with many backends, all statements equally frequent.
 */
final class BenchmarkLog {
  private static final int SOURCES = 12;
  private static final int BACKENDS = 40;
  private static final Instant START = Instant.parse("2026-01-01T10:00:00Z");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.").withZone(ZoneOffset.UTC);
  private static final String[] STATES = {"new", "paid", "packed", "shipped", "returned"};

  private final int fingerprints;
  private final int linesPerSecond;
  private final int recordBytes;
  private final Random random = new Random(1);
  private long second = -1;
  private String secondText = "";

  /**
   * Describes a log.
   *
   * @param linesPerSecond of event time
   * @param recordBytes lines are packed into records of at most so many bytes; 0 for one line each
   */
  BenchmarkLog(int fingerprints, int linesPerSecond, int recordBytes) {
    this.fingerprints = fingerprints;
    this.linesPerSecond = linesPerSecond;
    this.recordBytes = recordBytes;
  }

  /** What was written. */
  record Written(long records, long lines, long bytes) {}

  /** Writes that many lines and the end of each source. */
  Written write(Map<String, Object> client, String topic, int partitions, long lines) {
    long records = 0;
    long bytes = 0;
    ByteArrayOutputStream[] open = new ByteArrayOutputStream[SOURCES];
    try (Producer<byte[], byte[]> producer = producer(client)) {
      for (long line = 0; line < lines; line++) {
        int source = (int) (line % SOURCES);
        byte[] text = line(line);
        bytes += text.length;
        if (recordBytes == 0) {
          send(producer, topic, partitions, source, text);
          records++;
          continue;
        }
        ByteArrayOutputStream packed = open[source];
        if (packed != null && packed.size() + text.length > recordBytes) {
          send(producer, topic, partitions, source, packed.toByteArray());
          records++;
          packed = null;
        }
        packed = packed == null ? new ByteArrayOutputStream(recordBytes) : packed;
        packed.writeBytes(text);
        open[source] = packed;
      }
      for (int source = 0; source < SOURCES; source++) {
        if (open[source] != null) {
          send(producer, topic, partitions, source, open[source].toByteArray());
          records++;
        }
        end(producer, topic, partitions, source);
      }
    }
    return new Written(records + SOURCES, lines, bytes);
  }

  private byte[] line(long line) {
    long millis = line * 1000 / linesPerSecond;
    if (millis / 1000 != second) {
      second = millis / 1000;
      secondText = TIME.format(START.plusSeconds(second));
    }
    int milli = (int) (millis % 1000);
    StringBuilder text = new StringBuilder(200).append(secondText);
    text.append((char) ('0' + milli / 100))
        .append((char) ('0' + milli / 10 % 10))
        .append((char) ('0' + milli % 10))
        .append(" UTC [")
        .append(10_000 + random.nextInt(BACKENDS))
        .append("] app@shop LOG:  duration: ")
        .append(random.nextInt(40))
        .append('.')
        .append(100 + random.nextInt(900))
        .append(" ms  statement: SELECT id, total, placed_at FROM orders_")
        .append(random.nextInt(fingerprints))
        .append(" WHERE customer_id = ")
        .append(random.nextInt(1_000_000))
        .append(" AND status = '")
        .append(STATES[random.nextInt(STATES.length)])
        .append("'\n");
    return text.toString().getBytes(UTF_8);
  }

  private static Producer<byte[], byte[]> producer(Map<String, Object> client) {
    Map<String, Object> settings = new java.util.HashMap<>(client);
    settings.put("linger.ms", 20);
    settings.put("max.in.flight.requests.per.connection", 1); // KAFKA-15591
    settings.put("batch.size", 256 * 1024);
    return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  @SuppressWarnings("FutureReturnValueIgnored") // a record that is lost shows in the counts
  private static void send(
      Producer<byte[], byte[]> producer, String topic, int partitions, int source, byte[] value) {
    producer.send(new ProducerRecord<>(topic, source % partitions, key(source), value));
  }

  @SuppressWarnings("FutureReturnValueIgnored")
  private static void end(
      Producer<byte[], byte[]> producer, String topic, int partitions, int source) {
    ProducerRecord<byte[], byte[]> end =
        new ProducerRecord<>(topic, source % partitions, key(source), new byte[0]);
    end.headers().add(LogHeader.END_OF_INPUT.key(), new byte[0]);
    producer.send(end);
  }

  private static byte[] key(int source) {
    return ("db-" + source + ".example.com").getBytes(UTF_8);
  }
}
