package dev.logdex.ingest.benchmark;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logdex.embedded.EmbeddedKafka;
import dev.logdex.ingest.IngestProcess;
import dev.logdex.runtime.Topic;
import dev.logdex.runtime.TopicAdmin;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Lines per second of syslog over TCP into a local broker, beside a bare producer that sends the
 * same lines in records of the same size, by turns; what that costs, and what idle connections
 * cost.
 */
public final class SyslogBenchmark {
  private static final int ROUNDS = 4;
  private static final int CONNECTIONS = 4;
  private static final int IDLE = 10_000;
  private static final int CHUNK_LINES = 2_000;
  private static final int RECORD_BYTES = 65_536;
  private static final String MESSAGES = "logdex_ingest_syslog_messages_total";
  private static final String UNSAFE = "logdex_ingest_syslog_unsafe_bytes";

  private final int lines;
  private final EmbeddedKafka kafka;
  private final IngestProcess listener;
  private final List<byte[]> frames = new ArrayList<>();
  private final List<byte[]> records = new ArrayList<>();
  private int recordLines;

  private SyslogBenchmark(int lines, EmbeddedKafka kafka, IngestProcess listener) {
    this.lines = lines;
    this.kafka = kafka;
    this.listener = listener;
    for (int host = 0; host < CONNECTIONS; host++) {
      frames.add(frames("db" + host));
      records.add(record("db" + host));
    }
  }

  public static void main(String[] arguments) throws Exception {
    int lines = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 2_000_000;
    String options = System.getenv("LOGDEX_INGEST_OPTS");
    List<String> listenerOptions =
        List.of((options == null ? "-Xmx128m -XX:+UseSerialGC" : options).split(" "));
    try (EmbeddedKafka kafka = EmbeddedKafka.start()) {
      TopicAdmin.createMissing(
          Map.of("bootstrap.servers", kafka.bootstrapServers()), Topic.DEFAULT_PREFIX);
      try (IngestProcess listener =
          IngestProcess.start(kafka.bootstrapServers(), listenerOptions)) {
        new SyslogBenchmark(lines, kafka, listener).run();
      }
    }
  }

  private void run() throws IOException {
    print("%,d lines a round, %d bytes each on average", lines, averageBytes());
    double bare = 0;
    double syslog = 0;
    for (int round = 1; round <= ROUNDS; round++) {
      double bareRate = lines / bareSeconds();
      double before = listener.processorSeconds();
      double syslogRate = lines / syslogSeconds();
      double micros = (listener.processorSeconds() - before) / lines * 1e6;
      print(
          "round %d: bare producer %,.0f lines/s, syslog %,.0f lines/s, %.0f %%; ingest %.2f us of"
              + " processor time a line%s",
          round,
          bareRate,
          syslogRate,
          100 * syslogRate / bareRate,
          micros,
          round == 1 ? " (warming up)" : "");
      bare += round == 1 ? 0 : bareRate;
      syslog += round == 1 ? 0 : syslogRate;
    }
    print(
        "syslog over TCP: %,.0f lines/s, bare producer %,.0f lines/s, ratio %.2f",
        syslog / (ROUNDS - 1), bare / (ROUNDS - 1), syslog / bare);
    print(
        "ingest: %d MB resident, %d MB at its highest",
        listener.residentMegabytes(false), listener.residentMegabytes(true));
    idle();
  }

  private int averageBytes() {
    return frames.get(0).length / CHUNK_LINES;
  }

  private double bareSeconds() {
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers",
            kafka.bootstrapServers(),
            "acks",
            "all",
            "linger.ms",
            5,
            "batch.size",
            256 * 1024,
            "max.in.flight.requests.per.connection",
            1,
            "compression.type",
            "lz4");
    try (Producer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      producer.partitionsFor(Topic.LOGS.named(Topic.DEFAULT_PREFIX));
      long start = System.nanoTime();
      for (int sent = 0, host = 0; sent < lines; sent += recordLines, host++) {
        send(producer, host % CONNECTIONS);
      }
      producer.flush();
      return (System.nanoTime() - start) / 1e9;
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // flush waits, and nothing fails silently twice
  private void send(Producer<byte[], byte[]> producer, int host) {
    producer.send(
        new ProducerRecord<>(
            Topic.LOGS.named(Topic.DEFAULT_PREFIX),
            ("db" + host).getBytes(UTF_8),
            records.get(host)),
        (metadata, error) -> {
          if (error != null) {
            throw new IllegalStateException(error);
          }
        });
  }

  private double syslogSeconds() throws IOException {
    double expected = listener.figure(MESSAGES) + lines;
    long start = System.nanoTime();
    List<CompletableFuture<Void>> senders =
        frames.stream().map(frame -> CompletableFuture.runAsync(() -> send(frame))).toList();
    senders.forEach(CompletableFuture::join);
    while (listener.figure(MESSAGES) < expected || listener.figure(UNSAFE) > 0) {
      Thread.onSpinWait();
    }
    return (System.nanoTime() - start) / 1e9;
  }

  private void send(byte[] frame) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), listener.port());
        OutputStream out = socket.getOutputStream()) {
      for (int sent = 0; sent < lines / CONNECTIONS; sent += CHUNK_LINES) {
        out.write(frame);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void idle() throws IOException {
    long before = listener.residentMegabytes(false);
    double expected = listener.figure(MESSAGES) + IDLE;
    List<Socket> sockets = new ArrayList<>();
    byte[] line = "<134>Nov 20 23:54:44 idle postgres[1]: [1-1] x\n".getBytes(UTF_8);
    for (int i = 0; i < IDLE; i++) {
      Socket socket = new Socket(InetAddress.getLoopbackAddress(), listener.port());
      socket.getOutputStream().write(line);
      sockets.add(socket);
    }
    while (listener.figure(MESSAGES) < expected) {
      Thread.onSpinWait();
    }
    print(
        "%,d idle connections: %d MB more",
        (int) listener.figure("logdex_ingest_syslog_open_connections"),
        listener.residentMegabytes(false) - before);
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  private static byte[] frames(String host) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < CHUNK_LINES; i++) {
      byte[] message = message(host, i).getBytes(UTF_8);
      out.writeBytes((message.length + " ").getBytes(UTF_8));
      out.writeBytes(message);
    }
    return out.toByteArray();
  }

  private byte[] record(String host) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    recordLines = 0;
    while (out.size() < RECORD_BYTES - 300) {
      out.writeBytes((message(host, recordLines++) + "\n").getBytes(UTF_8));
    }
    return out.toByteArray();
  }

  private static String message(String host, int number) {
    int pid = 15_000 + number * 7919 % 40;
    return String.format(
        Locale.ROOT,
        "<134>1 2026-11-20T23:54:44.%06d+00:00 %s postgres %d - -  [%d-1] 2026-11-20 23:54:44.%03d UTC"
            + " [%d] app@shop LOG:  duration: %d.%03d ms  statement: SELECT id, status FROM orders WHERE"
            + " customer_id = %d AND status = 'open'",
        number * 499,
        host,
        pid,
        number,
        number % 1000,
        pid,
        number * 31 % 50,
        number * 37 % 1000,
        number * 7927 % 100_000);
  }

  private static void print(String format, Object... values) {
    System.out.printf(Locale.ROOT, format + "%n", values);
  }
}
