package dev.logdex.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class EmbeddedKafkaIT {
  private static final String TOPIC = "lines";

  @Test
  void consumersReadWhatProducersWrote() throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.start()) {
      createTopic(kafka);
      produce(kafka, "a", "b");
      assertThat(consume(kafka, 2)).containsExactly("a", "b");
    }
  }

  @Test
  void onlyCommittedTransactionsAreRead() throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.start()) {
      createTopic(kafka);
      try (KafkaProducer<String, String> producer =
          producer(kafka, Map.of("transactional.id", "writer"))) {
        producer.initTransactions();
        producer.beginTransaction();
        producer.send(new ProducerRecord<>(TOPIC, "aborted")).get();
        producer.abortTransaction();
        producer.beginTransaction();
        producer.send(new ProducerRecord<>(TOPIC, "committed")).get();
        producer.commitTransaction();
      }
      assertThat(consume(kafka, 1)).containsExactly("committed");
    }
  }

  @Test
  void recordsOfEightMebibytesPass() throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.start()) {
      createTopic(kafka);
      String large = "x".repeat(8 * 1024 * 1024 - 1024);
      produce(kafka, large);
      assertThat(consume(kafka, 1)).containsExactly(large);
    }
  }

  @Test
  void aDurableFolderResumesOnTheSamePort(@TempDir Path folder) throws Exception {
    int port = Loopback.freePort();
    try (EmbeddedKafka kafka = EmbeddedKafka.start(folder, port)) {
      createTopic(kafka);
      produce(kafka, "before");
    }
    try (EmbeddedKafka kafka = EmbeddedKafka.start(folder, port)) {
      assertThat(kafka.bootstrapServers()).isEqualTo("127.0.0.1:" + port);
      produce(kafka, "after");
      assertThat(consume(kafka, 2)).containsExactly("before", "after");
    }
    assertThat(folder).isNotEmptyDirectory();
  }

  @Test
  void afterItsProcessWasKilledABrokerHasAllThatItHadAcknowledged(
      @TempDir Path folder, @TempDir Path exchange) throws Exception {
    Path written = exchange.resolve("written");
    String port = Integer.toString(Loopback.freePort());
    Process child = ChildJvm.start(BrokerHolder.class, folder.toString(), port, written.toString());
    try {
      await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(written));
    } finally {
      child.destroyForcibly().waitFor();
    }
    try (EmbeddedKafka kafka = EmbeddedKafka.start(folder, Integer.parseInt(port))) {
      produce(kafka, "after");
      assertThat(consume(kafka, 2)).containsExactly("before", "after");
    }
  }

  @Test
  void topicsAreNotMadeByMistake() throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.start();
        KafkaProducer<String, String> producer = producer(kafka, Map.of("max.block.ms", "500"))) {
      assertThatThrownBy(() -> producer.send(new ProducerRecord<>(TOPIC, "a")).get())
          .hasMessageContaining("not present in metadata");
    }
  }

  @Test
  void aTakenPortIsSaidAtOnce(@TempDir Path folder) {
    try (EmbeddedKafka kafka = EmbeddedKafka.start()) {
      int port = Integer.parseInt(kafka.bootstrapServers().split(":", 2)[1]);
      assertThatThrownBy(() -> EmbeddedKafka.start(folder, port))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("port " + port);
    }
  }

  @Test
  void twoBrokersOnOneFolderAreRefusedAndTheFirstLivesOn(@TempDir Path folder) throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.start(folder, 0)) {
      createTopic(kafka);
      assertThatThrownBy(() -> EmbeddedKafka.start(folder, 0))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("another process is using the folder " + folder);
      produce(kafka, "still here");
      assertThat(consume(kafka, 1)).containsExactly("still here");
    }
  }

  @Test
  void closingIsQuickAndDeletesTheData() throws Exception {
    EmbeddedKafka kafka = EmbeddedKafka.start();
    createTopic(kafka);
    produce(kafka, "a");
    long begin = System.nanoTime();
    kafka.close();
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
    assertThat(kafka.dataFolder()).doesNotExist();
    kafka.close();
  }

  private static void createTopic(EmbeddedKafka kafka) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      admin
          .createTopics(List.of(new NewTopic(TOPIC, Optional.of(1), Optional.empty())))
          .all()
          .get();
    }
  }

  private static KafkaProducer<String, String> producer(
      EmbeddedKafka kafka, Map<String, String> more) {
    Map<String, Object> settings = new HashMap<>(more);
    settings.put("bootstrap.servers", kafka.bootstrapServers());
    settings.put("max.request.size", 8 * 1024 * 1024);
    return new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
  }

  private static void produce(EmbeddedKafka kafka, String... values) throws Exception {
    try (KafkaProducer<String, String> producer = producer(kafka, Map.of())) {
      for (String value : values) {
        producer.send(new ProducerRecord<>(TOPIC, value)).get();
      }
    }
  }

  private static List<String> consume(EmbeddedKafka kafka, int count) {
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers", kafka.bootstrapServers(),
            "group.id", "reader",
            "auto.offset.reset", "earliest",
            "isolation.level", "read_committed");
    List<String> values = new ArrayList<>();
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
      consumer.subscribe(List.of(TOPIC));
      long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
      while (values.size() < count && System.nanoTime() < deadline) {
        for (ConsumerRecord<String, String> read : consumer.poll(Duration.ofMillis(200))) {
          values.add(read.value());
        }
      }
    }
    return values;
  }

  /** A process that runs a broker with one record in it, and waits to be killed. */
  static final class BrokerHolder {
    public static void main(String[] args) throws Exception {
      EmbeddedKafka kafka = EmbeddedKafka.start(Path.of(args[0]), Integer.parseInt(args[1]));
      createTopic(kafka);
      produce(kafka, "before");
      Files.createFile(Path.of(args[2]));
      Thread.currentThread().join();
    }
  }
}
