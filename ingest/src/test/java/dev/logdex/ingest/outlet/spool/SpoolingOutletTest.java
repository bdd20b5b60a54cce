package dev.logdex.ingest.outlet.spool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.logdex.ingest.event.LogHeader;
import dev.logdex.ingest.outlet.OutletRefusedException;
import dev.logdex.ingest.outlet.Parcel;
import dev.logdex.ingest.outlet.RecordingOutlet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("FutureReturnValueIgnored") // what becomes of a parcel is seen at its end
class SpoolingOutletTest {
  private static final Duration SOON = Duration.ofMillis(30);
  private static final Duration NEVER = Duration.ofDays(1);

  @TempDir Path folder;
  private final RecordingOutlet kafka = new RecordingOutlet();

  @Test
  void whileKafkaIsThereNothingTouchesTheDisk() {
    try (SpoolingOutlet outlet = open(1_000_000, NEVER)) {
      assertThat(outlet.send(parcel("one"))).isCompleted();

      assertThat(outlet.counts().written()).isZero();
      assertThat(texts()).containsExactly("one");
    }
  }

  @Test
  void everyParcelHasADeliveryOfItsOwnUnlessItsSenderGaveOne() {
    try (SpoolingOutlet outlet = open(1_000_000, NEVER)) {
      outlet.send(parcel("one"));
      outlet.send(parcel("two"));
      outlet.send(new Parcel("a", new byte[0], Map.of(LogHeader.DELIVERY, new byte[] {'x'})));
    }
    assertThat(deliveries()).hasSize(3).doesNotHaveDuplicates().contains("x");
  }

  @Test
  void whatKafkaDoesNotAcknowledgeIsSafeOnDiskAndSentAgainUnderItsName() {
    kafka.fallSilent();
    try (SpoolingOutlet outlet = open(1_000_000, SOON)) {
      CompletableFuture<Void> one = outlet.send(parcel("one"));
      await().until(one::isDone);
      assertThat(outlet.isSpooling()).isTrue();
      CompletableFuture<Void> two = outlet.send(parcel("two"));
      await().until(two::isDone);

      kafka.acknowledge();

      await().until(() -> !outlet.isSpooling());
      assertThat(outlet.counts().bytes()).isZero();
      outlet.send(parcel("three"));
    }
    assertThat(deliveries()).hasSize(4);
    assertThat(firstComings()).containsExactly("one", "two", "three");
  }

  @Test
  void itLeavesTheDiskThoughSomethingIsAlwaysUnderWay() {
    kafka.refuse(true);
    try (SpoolingOutlet outlet = open(1_000_000, NEVER)) {
      outlet.send(parcel("one")).join();
      kafka.fallSilent();
      kafka.refuse(false);
      await().until(() -> texts().size() == 1);
      outlet.send(parcel("two")).join();
      await().until(() -> texts().size() == 2);
      assertThat(outlet.isSpooling()).isTrue();

      kafka.acknowledgeEldest();

      await().until(() -> !outlet.isSpooling());
      outlet.send(parcel("three"));
      assertThat(outlet.counts().written()).isEqualTo(2);
      kafka.acknowledge();
      await().until(() -> outlet.counts().bytes() == 0);
    }
    assertThat(texts()).containsExactly("one", "two", "three");
  }

  @Test
  void whatComesTwiceOfASourceComesWhileItsReaderRemembersIt() {
    int many = 3 * LogHeader.DELIVERIES_REMEMBERED;
    kafka.fallSilent();
    try (SpoolingOutlet outlet = open(1_000_000, SOON)) {
      List<CompletableFuture<Void>> sent =
          IntStream.range(0, many).mapToObj(i -> outlet.send(parcel("line " + i))).toList();
      await().until(() -> sent.stream().allMatch(CompletableFuture::isDone));

      kafka.acknowledge();

      await().until(() -> !outlet.isSpooling());
    }
    assertThat(texts()).hasSizeGreaterThan(many);
    assertThat(firstComings())
        .isEqualTo(IntStream.range(0, many).mapToObj(i -> "line " + i).toList());
  }

  @Test
  void aDiskThatTakesNothingDoesNotStandInTheWayWhenKafkaIsBack() throws IOException {
    kafka.fallSilent();
    try (SpoolingOutlet outlet = open(1_000_000, SOON)) {
      Files.delete(folder.resolve("lock"));
      Files.delete(folder);
      CompletableFuture<Void> one = outlet.send(parcel("one"));
      await().until(() -> outlet.counts().failedWrites() > 0);
      assertThat(one).isNotDone();
      await().until(() -> OutletRefusedException.isLackOfRoom(outlet.send(parcel("refused"))));

      kafka.acknowledge();

      await().until(() -> !outlet.isSpooling());
      assertThat(one).isCompleted();
      assertThat(outlet.send(parcel("two"))).isCompleted();
      assertThat(firstComings()).startsWith("one").endsWith("two");
    }
  }

  @Test
  void whenTheWayToKafkaIsFullTheDiskTakesOver() {
    kafka.refuse(true);
    try (SpoolingOutlet outlet = open(1_000_000, NEVER)) {
      List<CompletableFuture<Void>> sent =
          IntStream.range(0, 100).mapToObj(i -> outlet.send(parcel("line " + i))).toList();
      await().until(() -> sent.stream().allMatch(CompletableFuture::isDone));
      assertThat(texts()).isEmpty();

      kafka.refuse(false);

      await().until(() -> texts().size() == 100);
      await().until(() -> !outlet.isSpooling());
    }
    assertThat(texts()).isEqualTo(IntStream.range(0, 100).mapToObj(i -> "line " + i).toList());
  }

  @Test
  void whatLiesOnDiskSurvivesTheProcessAndComesBeforeWhatIsNew() {
    kafka.refuse(true);
    try (SpoolingOutlet outlet = open(1_000_000, NEVER)) {
      outlet.send(parcel("old")).join();
    }
    kafka.refuse(false);
    try (SpoolingOutlet outlet = open(1_000_000, NEVER)) {
      outlet.send(parcel("new")).join();
      await().until(() -> texts().size() == 2);
    }
    assertThat(texts()).containsExactly("old", "new");
  }

  @Test
  void whatIsUnderWayWhenTheProcessEndsIsWrittenDown() {
    kafka.fallSilent();
    try (SpoolingOutlet outlet = open(1_000_000, NEVER)) {
      outlet.send(parcel("under way"));
    }
    kafka.acknowledge();
    try (SpoolingOutlet outlet = open(1_000_000, NEVER)) {
      await().until(() -> !outlet.isSpooling());
    }
    assertThat(texts()).containsOnly("under way").hasSizeGreaterThan(1);
    assertThat(Set.copyOf(deliveries())).hasSize(1);
  }

  @Test
  void aFullSpoolRefusesUntilItIsDrained() {
    kafka.refuse(true);
    try (SpoolingOutlet outlet = open(10_000, NEVER)) {
      List<CompletableFuture<Void>> taken = new ArrayList<>();
      CompletableFuture<Void> next = outlet.send(parcel("x".repeat(500)));
      while (!OutletRefusedException.isLackOfRoom(next)) {
        taken.add(next);
        next = outlet.send(parcel("x".repeat(500)));
      }
      assertThat(taken).hasSizeBetween(10, 19);
      assertThat(outlet.counts().refused()).isEqualTo(1);

      kafka.refuse(false);

      await().until(() -> !outlet.isSpooling());
      assertThat(taken).allSatisfy(one -> assertThat(one).isCompleted());
      assertThat(texts()).hasSize(taken.size());
      assertThat(outlet.send(parcel("again"))).isCompleted();
    }
  }

  @Test
  void whatKafkaRefusesForGoodFailsAndDoesNotStopTheOthers() {
    kafka.fallSilent();
    try (SpoolingOutlet outlet = open(1_000_000, NEVER)) {
      CompletableFuture<Void> bad = outlet.send(parcel("bad"));
      kafka.fail(new OutletRefusedException("too large", new IOException()));
      kafka.acknowledge();

      assertThat(bad).isCompletedExceptionally();
      assertThat(outlet.send(parcel("good"))).isCompleted();
    }
  }

  private SpoolingOutlet open(long bytesMax, Duration after) {
    return SpoolingOutlet.open(new SpoolOptions(folder, bytesMax, after), kafka);
  }

  private List<String> texts() {
    return kafka.parcels().stream().map(parcel -> new String(parcel.lines(), UTF_8)).toList();
  }

  private List<String> deliveries() {
    return kafka.parcels().stream()
        .map(parcel -> new String(parcel.headers().get(LogHeader.DELIVERY), UTF_8))
        .toList();
  }

  /** The texts without those whose delivery came before, as the normalizer reads them. */
  private List<String> firstComings() {
    Deque<String> remembered = new ArrayDeque<>();
    List<String> first = new ArrayList<>();
    List<String> texts = texts();
    List<String> deliveries = deliveries();
    for (int i = 0; i < texts.size(); i++) {
      if (!remembered.contains(deliveries.get(i))) {
        first.add(texts.get(i));
        remembered.add(deliveries.get(i));
      }
      if (remembered.size() > LogHeader.DELIVERIES_REMEMBERED) {
        remembered.remove();
      }
    }
    return first;
  }

  private static Parcel parcel(String text) {
    return new Parcel("a", text.getBytes(UTF_8));
  }
}
