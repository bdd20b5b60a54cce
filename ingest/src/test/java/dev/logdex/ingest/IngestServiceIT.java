package dev.logdex.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.logdex.embedded.EmbeddedKafka;
import dev.logdex.embedded.ItParts;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IngestServiceIT {
  private static final int KILLS = 10;
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final String UNSAFE = "logdex_ingest_syslog_unsafe_bytes";
  private static final String MESSAGES = "logdex_ingest_syslog_messages_total";
  private static final String SPOOL_BYTES = "logdex_ingest_spool_bytes";

  @TempDir Path folder;

  @Test
  void everyMessageOfEveryHostArrivesInItsOrder() throws IOException {
    String prefix = "it-" + UUID.randomUUID() + ".";
    LogsTopic topic = new LogsTopic(ItParts.kafka(), prefix);
    int port = freePort();
    IngestService service =
        service(Map.of("bootstrap.servers", ItParts.kafka(), "topic.prefix", prefix), port);
    service.start();
    try (Socket socket = connect(port)) {
      for (int i = 0; i < 20_000; i++) {
        socket.getOutputStream().write(message("db" + i % 5, i).getBytes(UTF_8));
      }
    }
    for (int host = 0; host < 5; host++) {
      String name = "db" + host;
      int first = host;
      await().atMost(LONG).until(() -> topic.lines(name).size() == 4_000);
      assertThat(topic.lines(name))
          .isEqualTo(IntStream.range(0, 4_000).mapToObj(i -> line(name, first + 5 * i)).toList());
    }
    service.close();
  }

  @Test
  void kafkaMayBeMissingAtTheStartAndStopUnderLoad() throws IOException {
    int port = freePort();
    int kafkaPort = freePort();
    IngestService service =
        service(
            Map.of(
                "bootstrap.servers",
                "127.0.0.1:" + kafkaPort,
                // so that senders are held back while Kafka is away
                "outlet.bytes.max",
                "1048576"),
            port);
    service.start();
    int lines = 60_000;
    AtomicInteger sent = new AtomicInteger();
    CompletableFuture<Void> sender = CompletableFuture.runAsync(() -> send(port, lines, sent));
    EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"), kafkaPort);
    try {
      await().atMost(LONG).until(() -> sent.get() > 15_000);
      kafka.close();
      kafka = EmbeddedKafka.start(folder.resolve("kafka"), kafkaPort);
      sender.join();
      LogsTopic topic = new LogsTopic(kafka.bootstrapServers(), "logdex.");
      await().atMost(LONG).until(() -> topic.lines("db1").size() >= lines);

      assertThat(topic.lines("db1")).isEqualTo(lines(lines));
    } finally {
      service.close();
      kafka.close();
    }
  }

  @Test
  void whatLiesInTheSpoolSurvivesKillsAndComesOnceByItsDelivery() throws Exception {
    int kafkaPort = freePort();
    String brokers = "127.0.0.1:" + kafkaPort;
    int sent = 0;
    // Kafka is away, and each time all that was sent is on disk when the process is killed
    for (int kill = 0; kill < KILLS / 2; kill++) {
      sent = sendAndKill(brokers, sent);
    }
    EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"), kafkaPort);
    try {
      LogsTopic topic = new LogsTopic(brokers, "logdex.");
      IngestProcess first = spooling(brokers);
      await().atMost(LONG).ignoreExceptions().until(() -> !topic.records().isEmpty());
      first.kill();
      for (int kill = KILLS / 2 + 1; kill < KILLS; kill++) {
        sent = sendAndKill(brokers, sent);
      }
      try (IngestProcess last = spooling(brokers)) {
        await().atMost(LONG).until(() -> last.figure(SPOOL_BYTES) == 0);
      }

      assertThat(topic.lines("db1")).isEqualTo(lines(sent));
    } finally {
      kafka.close();
    }
  }

  private IngestProcess spooling(String brokers) throws IOException {
    return IngestProcess.start(
        brokers,
        List.of("-Xmx128m"),
        Map.of(
            "LOGDEX_SPOOL_DIR", folder.resolve("spool").toString(),
            "LOGDEX_SPOOL_AFTER", "PT0.2S",
            // several files, to be deleted one by one
            "LOGDEX_SPOOL_BYTES_MAX", "4194304",
            "LOGDEX_BLOCK_BYTES", "4096"));
  }

  /** How many were sent then, all of them safe when the process is killed. */
  private int sendAndKill(String brokers, int from) throws IOException {
    int count = 4_000;
    IngestProcess ingest = spooling(brokers);
    try (Socket socket = connect(ingest.port())) {
      for (int i = from; i < from + count; i++) {
        socket.getOutputStream().write(message("db1", i).getBytes(UTF_8));
      }
    }
    await().atMost(LONG).until(() -> ingest.figure(MESSAGES) == count);
    await().atMost(LONG).until(() -> ingest.figure(UNSAFE) == 0);
    ingest.kill();
    return from + count;
  }

  private static IngestService service(Map<String, String> settings, int port) {
    Map<String, String> all = new HashMap<>(settings);
    all.put("syslog.tcp.port", Integer.toString(port));
    return new IngestService(IngestConfig.parse(all), Clock.systemUTC());
  }

  private static void send(int port, int lines, AtomicInteger sent) {
    try (Socket socket = connect(port);
        OutputStream out = socket.getOutputStream()) {
      for (int i = 0; i < lines; i++) {
        out.write(message("db1", i).getBytes(UTF_8));
        sent.incrementAndGet();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> lines(int count) {
    return Stream.iterate(0, i -> i + 1).limit(count).map(i -> line("db1", i)).toList();
  }

  /** Counted and by lines, by turns. */
  private static String message(String host, int number) {
    String line = line(host, number);
    return number % 2 == 0 ? line + "\n" : line.length() + " " + line;
  }

  private static String line(String host, int number) {
    return "<134>Nov 20 23:54:44 " + host + " postgres[7]: [" + number + "-1] LOG:  statement";
  }

  private static Socket connect(int port) throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), port);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
