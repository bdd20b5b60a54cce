package dev.logdex.ingest.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.logdex.ingest.event.LogHeader;
import dev.logdex.ingest.outlet.OutletRefusedException;
import dev.logdex.ingest.outlet.Parcel;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

@SuppressWarnings("FutureReturnValueIgnored") // what becomes of a parcel is seen at the producer
class KafkaOutletTest {
  private final MockProducer<byte[], byte[]> producer =
      new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());

  @Test
  void aParcelIsARecordWithItsSourceAsKeyAndItsHeaders() {
    try (KafkaOutlet outlet = open(10_000)) {
      CompletableFuture<Void> sent =
          outlet.send(
              new Parcel("db1", bytes("one\n"), Map.of(LogHeader.DELIVERY, bytes("frame 1"))));
      await().until(() -> producer.history().size() == 1);
      assertThat(sent).isNotDone();

      producer.completeNext();

      ProducerRecord<byte[], byte[]> record = producer.history().get(0);
      assertThat(record.topic()).isEqualTo("logdex.logs");
      assertThat(record.key()).isEqualTo(bytes("db1"));
      assertThat(record.value()).isEqualTo(bytes("one\n"));
      assertThat(record.headers().lastHeader("logdex.delivery").value())
          .isEqualTo(bytes("frame 1"));
      assertThat(sent).isCompleted();
      assertThat(outlet.inFlightBytes()).isZero();
    }
  }

  @Test
  void parcelsKeepTheirOrder() {
    try (KafkaOutlet outlet = open(1_000_000)) {
      IntStream.range(0, 1000).forEach(i -> outlet.send(parcel("line " + i)));
      await().until(() -> producer.history().size() == 1000);
      completeAll();
    }
    assertThat(producer.history())
        .extracting(record -> new String(record.value(), UTF_8))
        .isEqualTo(IntStream.range(0, 1000).mapToObj(i -> "line " + i).toList());
  }

  @Test
  void beyondTheBoundAParcelIsRefusedAtOnceAndLaterThereIsRoomAgain() {
    try (KafkaOutlet outlet = open(1_000)) {
      CompletableFuture<Void> first = outlet.send(parcel("x".repeat(700)));
      CompletableFuture<Void> second = outlet.send(parcel("y".repeat(700)));

      assertThat(OutletRefusedException.isLackOfRoom(second)).isTrue();
      await().until(() -> producer.history().size() == 1);
      producer.completeNext();
      first.join();
      assertThat(outlet.send(parcel("z".repeat(700)))).isNotCompletedExceptionally();
      await().until(() -> producer.history().size() == 2);
      completeAll();
    }
  }

  @Test
  void oneParcelAlwaysFitsHoweverLargeItIs() {
    try (KafkaOutlet outlet = open(1_000)) {
      assertThat(outlet.send(parcel("x".repeat(5_000)))).isNotCompletedExceptionally();
      await().until(() -> producer.history().size() == 1);
      completeAll();
    }
  }

  @Test
  void whatKafkaRefusesIsNoLackOfRoom() {
    try (KafkaOutlet outlet = open(1_000)) {
      CompletableFuture<Void> sent = outlet.send(parcel("x"));
      await().until(() -> producer.history().size() == 1);
      producer.errorNext(new RecordTooLargeException("too large"));

      assertThat(sent).isCompletedExceptionally();
      assertThat(OutletRefusedException.isLackOfRoom(sent)).isFalse();
      assertThat(outlet.inFlightBytes()).isZero();
    }
  }

  @Test
  void whileTheTopicsCannotBeMadeTheCallerIsNotHeldUp() {
    CountDownLatch away = new CountDownLatch(1);
    AtomicInteger attempts = new AtomicInteger();
    Runnable createTopics =
        () -> {
          if (attempts.incrementAndGet() == 1) {
            throw new KafkaException("no broker");
          }
          awaitQuietly(away);
        };
    try (KafkaOutlet outlet = new KafkaOutlet(producer, createTopics, "logdex.logs", 1_000)) {
      CompletableFuture<Void> sent = outlet.send(parcel("x"));
      await().until(() -> attempts.get() == 2);
      assertThat(sent).isNotDone();
      assertThat(producer.history()).isEmpty();

      away.countDown();

      await().until(() -> producer.history().size() == 1);
      completeAll();
      assertThat(sent).isCompleted();
    }
  }

  @Test
  void afterItsEndItRefuses() {
    KafkaOutlet outlet = open(1_000);
    outlet.close();

    assertThat(OutletRefusedException.isLackOfRoom(outlet.send(parcel("x")))).isTrue();
  }

  private KafkaOutlet open(long bytesMax) {
    return new KafkaOutlet(producer, () -> {}, "logdex.logs", bytesMax);
  }

  private void completeAll() {
    List<ProducerRecord<byte[], byte[]>> sent = producer.history();
    sent.forEach(record -> producer.completeNext());
  }

  private static Parcel parcel(String text) {
    return new Parcel("db1", bytes(text));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
