package dev.logdex.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logdex.embedded.ItParts;
import dev.logdex.runtime.Topic;
import dev.logdex.runtime.TopicAdmin;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command that listens, as a process with real senders. */
@Timeout(300)
class ListeningIT {
  private static final Map<String, Object> CLIENT = Map.of("bootstrap.servers", ItParts.kafka());
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final int TERMINATED = 128 + 15;
  private static final int A_FEW_SECONDS = 20;
  private static final int LINES = 20_000;
  private static final String MESSAGES = "logdex_ingest_syslog_messages_total " + LINES + ".0";

  private final String prefix = "listening-" + UUID.randomUUID() + ".";
  private final HttpClient http = HttpClient.newHttpClient();
  @TempDir private Path folder;

  @Test
  void whatWasTakenIsOnTheTopicWhenItEnds() throws Exception {
    TopicAdmin.createMissing(CLIENT, prefix);
    int syslog = freePort();
    int drain = freePort();
    int metrics = freePort();
    try (LogdexProcess ingest =
        listen("syslog.tcp.port=" + syslog, "http.port=" + drain, "metrics.port=" + metrics)) {
      Awaitility.await()
          .atMost(LONG)
          .failFast("it ended", () -> !ingest.isAlive())
          .ignoreExceptions()
          .until(() -> figures(metrics).contains("logdex_ingest_http_"));
      send(syslog);
      int answer = post(drain);
      Awaitility.await().atMost(LONG).until(() -> figures(metrics).contains(MESSAGES));
      // what is still being packed leaves at the end
      ingest.terminate();

      assertThat(answer).isBetween(200, 299);
      assertThat(ingest.exitCode(A_FEW_SECONDS)).as(ingest.notes()).isEqualTo(TERMINATED);
      assertThat(ingest.notes()).contains("listening for syslog on 127.0.0.1: tcp " + syslog);
    }
    Map<String, List<String>> arrived = arrived();
    assertThat(arrived.get("db1")).isEqualTo(lines("db1"));
    assertThat(arrived.get("drained")).isEqualTo(lines("drained"));
  }

  @Test
  void badSettingsAreToldAtOnceAndTogether() throws Exception {
    try (LogdexProcess ingest = listen("syslog.tcp.port=99999", "http.port=many")) {
      assertThat(ingest.exitCode(A_FEW_SECONDS)).isEqualTo(2);
      assertThat(ingest.notes())
          .contains("Invalid value 99999 for configuration syslog.tcp.port")
          .contains("Invalid value many for configuration http.port");
    }
  }

  @Test
  void itDoesNotListenToNothing() throws Exception {
    try (LogdexProcess ingest = listen()) {
      assertThat(ingest.exitCode(A_FEW_SECONDS)).isEqualTo(2);
      assertThat(ingest.notes()).contains("--listen needs a port: set syslog.tcp.port");
    }
  }

  private LogdexProcess listen(String... settings) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("ingest", "--listen"));
    arguments.addAll(List.of("-s", "bootstrap.servers=" + ItParts.kafka()));
    arguments.addAll(List.of("-s", "topic.prefix=" + prefix));
    for (String setting : settings) {
      arguments.addAll(List.of("-s", setting));
    }
    return LogdexProcess.start(folder, arguments.toArray(String[]::new));
  }

  private static void send(int port) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write(text("db1").getBytes(UTF_8));
    }
  }

  private int post(int port) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/lines?source=drained"))
            .header("Content-Type", "text/plain")
            .POST(HttpRequest.BodyPublishers.ofString(text("drained")))
            .build();
    return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
  }

  private String figures(int port) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics")).build();
    return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  private static String text(String host) {
    return String.join("\n", lines(host)) + "\n";
  }

  private static List<String> lines(String host) {
    String head = "<134>Nov 20 23:54:44 " + host + " postgres[7]: [";
    return IntStream.range(0, LINES).mapToObj(i -> head + i + "-1] LOG:  statement").toList();
  }

  private Map<String, List<String>> arrived() {
    Map<String, List<String>> lines = new HashMap<>();
    try (Consumer<String, String> consumer =
        new KafkaConsumer<>(CLIENT, new StringDeserializer(), new StringDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(Topic.LOGS.named(prefix)).stream()
              .map(one -> new TopicPartition(one.topic(), one.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(one -> consumer.position(one) < ends.get(one))) {
        consumer
            .poll(Duration.ofMillis(100))
            .forEach(
                one ->
                    lines
                        .computeIfAbsent(one.key(), source -> new ArrayList<>())
                        .addAll(one.value().lines().toList()));
      }
    }
    return lines;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
