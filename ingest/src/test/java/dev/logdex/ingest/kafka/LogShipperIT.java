package dev.logdex.ingest.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.logdex.embedded.ItParts;
import dev.logdex.ingest.IngestConfig;
import dev.logdex.ingest.event.LogHeader;
import dev.logdex.runtime.TopicAdmin;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogShipperIT {
  private final String prefix = "it-" + UUID.randomUUID() + ".";
  private final IngestConfig config =
      IngestConfig.parse(Map.of("bootstrap.servers", ItParts.kafka(), "topic.prefix", prefix));

  @TempDir Path folder;

  @BeforeEach
  void createTopics() {
    TopicAdmin.createMissing(config.shipper().kafkaClient(), prefix);
  }

  @Test
  void everyByteOfALogArrivesInOrderAndLongLinesAreCut() throws IOException {
    Random random = new Random(7);
    byte[] noise = new byte[300_000];
    random.nextBytes(noise);
    byte[] longest = "x".repeat(6 * 1024 * 1024).getBytes(UTF_8);
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    text.writeBytes(noise);
    text.writeBytes("\n".getBytes(UTF_8));
    text.writeBytes(longest);
    text.writeBytes("\nafter\n".getBytes(UTF_8));
    byte[] whole = text.toByteArray();
    text.writeBytes(longest);
    text.writeBytes("too long\nlast".getBytes(UTF_8));
    Path log = Files.write(folder.resolve("a.log"), text.toByteArray());

    ShippedLog shipped;
    try (LogShipper shipper = LogShipper.open(config.shipper())) {
      shipped = shipper.ship(log, "db1", Progress.NONE);
    }

    List<ConsumerRecord<byte[], byte[]>> records = read(shipped);
    ByteArrayOutputStream arrived = new ByteArrayOutputStream();
    records.forEach(record -> arrived.writeBytes(record.value()));
    ByteArrayOutputStream expected = new ByteArrayOutputStream();
    expected.writeBytes(whole);
    expected.writeBytes(longest);
    expected.writeBytes("last".getBytes(UTF_8));
    assertThat(arrived.toByteArray()).isEqualTo(expected.toByteArray());
    assertThat(shipped.cutLines()).isEqualTo(1);
    assertThat(shipped.cutBytes()).isEqualTo(8);
    assertThat(records).hasSize((int) shipped.records() + 1);
    ConsumerRecord<byte[], byte[]> end = records.get(records.size() - 1);
    assertThat(end.offset()).isEqualTo(shipped.endOffset());
    assertThat(end.headers().lastHeader(LogHeader.END_OF_INPUT.key())).isNotNull();
  }

  @Test
  void linesOfAFollowedFileArriveWhileItGrows()
      throws IOException, ExecutionException, InterruptedException, TimeoutException {
    Path log = Files.writeString(folder.resolve("live.log"), "one\n");
    AtomicBoolean stop = new AtomicBoolean();
    try (LogShipper shipper = LogShipper.open(config.shipper())) {
      CompletableFuture<ShippedLog> following =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return shipper.follow(log, "live", stop::get);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
      awaitText("one\n");
      Files.writeString(log, "two\nthr", StandardOpenOption.APPEND);
      awaitText("one\ntwo\n");
      Files.writeString(log, "ee", StandardOpenOption.APPEND);
      stop.set(true);

      ShippedLog shipped = following.get(20, TimeUnit.SECONDS);
      assertThat(text()).isEqualTo("one\ntwo\nthree");
      assertThat(shipped.lines()).isEqualTo(3);
    }
  }

  private void awaitText(String expected) {
    await().atMost(Duration.ofSeconds(20)).until(() -> text().equals(expected));
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    for (int partition = 0; partition < 6; partition++) {
      read(new TopicPartition(prefix + "logs", partition), Long.MAX_VALUE)
          .forEach(record -> text.append(new String(record.value(), UTF_8)));
    }
    return text.toString();
  }

  private List<ConsumerRecord<byte[], byte[]>> read(ShippedLog shipped) {
    return read(shipped.partition(), shipped.endOffset() + 1);
  }

  private List<ConsumerRecord<byte[], byte[]>> read(TopicPartition partition, long most) {
    Map<String, Object> settings = new HashMap<>(config.shipper().kafkaClient());
    settings.put("auto.offset.reset", "earliest");
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (Consumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = Math.min(most, consumer.endOffsets(List.of(partition)).get(partition));
      while (consumer.position(partition) < end) {
        consumer.poll(Duration.ofMillis(100)).forEach(records::add);
      }
    }
    return records;
  }
}
