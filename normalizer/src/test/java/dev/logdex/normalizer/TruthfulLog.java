package dev.logdex.normalizer;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logdex.ingest.event.LogHeader;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Sends the logs of some servers to a topic and keeps the truth about them. Backends interleave,
 * statements have up to three lines and some have parameters; every third server sends each line by
 * itself, the others pack them without heed to where an entry ends.
 */
final class TruthfulLog {
  private static final int SERVERS = 9;
  private static final int BACKENDS = 15;
  private static final int TABLES = 100;
  private static final int PACKED_LINES = 40;
  private static final long MEAN_MICROS_BETWEEN_ENTRIES = 900;
  private static final Instant START = Instant.parse("2026-01-01T10:00:00Z");

  private final AtomicReference<@Nullable Exception> lostRecord = new AtomicReference<>();
  private final Random random;
  private final Map<String, Counted> truth = new TreeMap<>();
  private long micros;

  TruthfulLog(long seed) {
    random = new Random(seed);
  }

  /** Calls of a statement in a window, and their time. */
  record Counted(long calls, long micros) {
    Counted plus(Counted other) {
      return new Counted(calls + other.calls, micros + other.micros);
    }
  }

  /** By normalized text and window's start. */
  Map<String, Counted> truth() {
    return truth;
  }

  static String key(String text, Instant windowStart) {
    return text + " @ " + windowStart;
  }

  /** Sends at least so many lines, and the end of each server's log. */
  void send(Map<String, Object> client, String topic, int partitions, long lines) {
    List<Server> servers = new ArrayList<>();
    Map<String, Object> settings = new HashMap<>(client);
    settings.put("linger.ms", 20);
    settings.put("max.in.flight.requests.per.connection", 1); // KAFKA-15591
    try (Producer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (int i = 0; i < SERVERS; i++) {
        servers.add(new Server(producer, topic, i, partitions, this::sent));
      }
      long written = 0;
      while (written < lines) {
        written += servers.get(random.nextInt(SERVERS)).write(entry());
      }
      servers.forEach(Server::end);
    }
    Exception lost = lostRecord.get();
    if (lost != null) {
      throw new IllegalStateException("the log itself could not be written", lost);
    }
  }

  private void sent(@Nullable RecordMetadata record, @Nullable Exception failure) {
    if (failure != null) {
      lostRecord.compareAndSet(null, failure);
    }
  }

  private String entry() {
    micros += random.nextInt((int) (2 * MEAN_MICROS_BETWEEN_ENTRIES));
    Instant at = START.plusMillis(micros / 1000);
    long elapsed = 1L + random.nextInt(90_000);
    int table = Math.min(TABLES - 1, (int) Math.abs(random.nextGaussian() * TABLES / 3));
    String layout = random.nextInt(3) == 0 ? "\n  " : " ";
    int pid = 100 + random.nextInt(BACKENDS);
    double milliseconds = elapsed / 1000.0;
    if (random.nextInt(4) == 0) {
      count("update t" + table + " set b = $1 where id = $2", at, elapsed);
      String sql = "update t" + table + layout + "set b = $1" + layout + "where id = $2";
      String values = "$1 = 'it''s', $2 = '" + random.nextInt(1000) + "'";
      return LogLines.execute(at, pid, milliseconds, sql, values);
    }
    count("select a, b from t" + table + " where id = $1", at, elapsed);
    String sql =
        "select a, b" + layout + "from t" + table + layout + "where id = " + random.nextInt(1000);
    return LogLines.statement(at, pid, milliseconds, sql);
  }

  private void count(String text, Instant at, long elapsed) {
    Instant window = Instant.ofEpochSecond(at.getEpochSecond() / 60 * 60);
    truth.merge(key(text, window), new Counted(1, elapsed), Counted::plus);
  }

  /** One server: its lines go to one partition, in order. */
  private static final class Server {
    private final Producer<byte[], byte[]> producer;
    private final Callback sent;
    private final String topic;
    private final byte[] key;
    private final int partition;
    private final int linesPerRecord;
    private final Deque<String> waiting = new ArrayDeque<>();

    Server(
        Producer<byte[], byte[]> producer,
        String topic,
        int number,
        int partitions,
        Callback sent) {
      this.producer = producer;
      this.sent = sent;
      this.topic = topic;
      this.key = ("server-" + number).getBytes(UTF_8);
      this.partition = number % partitions;
      this.linesPerRecord = number % 3 == 0 ? 1 : PACKED_LINES;
    }

    int write(String entry) {
      String[] lines = entry.split("(?<=\n)");
      waiting.addAll(List.of(lines));
      while (waiting.size() >= linesPerRecord) {
        sendWaiting();
      }
      return lines.length;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the callback tells
    void end() {
      while (!waiting.isEmpty()) {
        sendWaiting();
      }
      ProducerRecord<byte[], byte[]> end = new ProducerRecord<>(topic, partition, key, new byte[0]);
      end.headers().add(LogHeader.END_OF_INPUT.key(), new byte[0]);
      producer.send(end, sent);
    }

    @SuppressWarnings("FutureReturnValueIgnored")
    private void sendWaiting() {
      StringBuilder record = new StringBuilder();
      for (int line = 0; line < linesPerRecord && !waiting.isEmpty(); line++) {
        record.append(waiting.removeFirst());
      }
      producer.send(
          new ProducerRecord<>(topic, partition, key, record.toString().getBytes(UTF_8)), sent);
    }
  }
}
