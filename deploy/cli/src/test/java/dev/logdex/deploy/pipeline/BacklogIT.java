package dev.logdex.deploy.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logdex.embedded.ItParts;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BacklogIT {
  private static final Map<String, Object> CLIENT = Map.of("bootstrap.servers", ItParts.kafka());

  private final String name = "backlog-" + UUID.randomUUID();
  private final List<String> topics = List.of(name);
  private final Backlog backlog = new Backlog(CLIENT);

  @BeforeEach
  void createTopic() throws Exception {
    try (Admin admin = Admin.create(CLIENT)) {
      admin.createTopics(List.of(new NewTopic(name, Optional.of(2), Optional.empty()))).all().get();
    }
  }

  @AfterEach
  void close() {
    backlog.close();
  }

  @Test
  void aGroupThatDoesNotExistHasEverythingBeforeIt() throws Exception {
    writeTransaction(3, true);
    // and the transaction's own mark
    assertThat(backlog.of(name, backlog.ends(topics))).isEqualTo(4);
  }

  @Test
  void aReaderThatCommittedBehindTheLastMarkHasNothingLeft() throws Exception {
    writeTransaction(3, true);
    try (KafkaConsumer<String, String> reader = reader()) {
      Awaitility.await()
          .until(
              () -> {
                reader.poll(Duration.ofMillis(100));
                return reader.position(partition()) == 4;
              });
      reader.commitSync();
    }
    assertThat(backlog.of(name, backlog.ends(topics))).isZero();
  }

  @Test
  void recordsOfATransactionThatIsStillOpenCount() throws Exception {
    commit(0);
    writeTransaction(3, false);
    assertThat(backlog.of(name, backlog.ends(topics))).isEqualTo(3);
  }

  @Test
  void whatWasCommittedIsNotCounted() throws Exception {
    writeTransaction(3, true);
    commit(3);
    assertThat(backlog.of(name, backlog.ends(topics))).isEqualTo(1);
  }

  @Test
  void whatComesLaterIsNotWaitedFor() throws Exception {
    Map<TopicPartition, Long> ends = backlog.ends(topics);
    writeTransaction(3, true);
    assertThat(backlog.of(name, ends)).isZero();
  }

  @Test
  void topicsAreFoundByTheirName() {
    assertThat(backlog.topics(topic -> topic.startsWith(name))).containsExactly(name);
  }

  private void commit(long offset) {
    try (KafkaConsumer<String, String> reader = reader()) {
      reader.commitSync(Map.of(partition(), new OffsetAndMetadata(offset)));
    }
  }

  private TopicPartition partition() {
    return new TopicPartition(name, 1);
  }

  private KafkaConsumer<String, String> reader() {
    KafkaConsumer<String, String> reader =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                ItParts.kafka(),
                "group.id",
                name,
                "auto.offset.reset",
                "earliest",
                "isolation.level",
                "read_committed"),
            new StringDeserializer(),
            new StringDeserializer());
    reader.assign(List.of(partition()));
    return reader;
  }

  private void writeTransaction(int records, boolean commit) throws Exception {
    KafkaProducer<String, String> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", ItParts.kafka(), "transactional.id", name),
            new StringSerializer(),
            new StringSerializer());
    producer.initTransactions();
    producer.beginTransaction();
    for (int i = 0; i < records; i++) {
      producer.send(new ProducerRecord<>(name, 1, "key", "value")).get();
    }
    if (commit) {
      producer.commitTransaction();
    }
    // with no time to say so it leaves an open transaction undecided
    producer.close(Duration.ZERO);
  }
}
