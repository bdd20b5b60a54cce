package dev.logdex.ingest.outlet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LinePackerTest {
  private static final Duration NEVER = Duration.ofDays(1);
  private static final Duration SOON = Duration.ofMillis(2);

  private final RecordingOutlet outlet = new RecordingOutlet();
  private final List<LinePacker> packers = new ArrayList<>();

  @AfterEach
  void close() {
    outlet.refuse(false);
    outlet.acknowledge();
    packers.forEach(LinePacker::close);
  }

  @Test
  void linesShareAParcelUntilItIsFull() {
    LineSender sender = new LineSender(packer(12, NEVER, 1000));

    List.of("one", "two", "three", "four").forEach(line -> send(sender, "a", line));

    assertThat(outlet.parcels())
        .extracting(parcel -> new String(parcel.lines(), UTF_8))
        .containsExactly("one\ntwo\n");
  }

  @Test
  void aLineLongerThanAParcelTravelsAlone() {
    LineSender sender = new LineSender(packer(12, NEVER, 1000));

    List.of("one", "x".repeat(30), "two").forEach(line -> send(sender, "a", line));

    assertThat(outlet.parcels())
        .extracting(parcel -> new String(parcel.lines(), UTF_8))
        .containsExactly("one\n", "x".repeat(30) + "\n");
  }

  @Test
  void aLineDoesNotWaitForOthersForLong() {
    LinePacker packer = packer(1000, SOON, 1000);
    send(new LineSender(packer), "a", "one");

    await().until(() -> outlet.text("a").equals("one\n"));
    await().until(() -> packer.openPacks() == 0);
    assertThat(packer.room().used()).isZero();
  }

  @Test
  void eachSourceHasParcelsOfItsOwn() {
    LinePacker packer = packer(1000, NEVER, 100_000);
    LineSender sender = new LineSender(packer);
    for (int i = 0; i < 100; i++) {
      send(sender, "host" + i % 10, "line " + i);
    }
    packer.close();

    assertThat(outlet.parcels()).hasSize(10);
    assertThat(outlet.text("host3")).startsWith("line 3\nline 13\n").endsWith("line 93\n");
  }

  @Test
  void aSyslogMessageThatHoldsLineEndsKeepsItsLength() {
    LinePacker packer = packer(1000, NEVER, 1000);
    LineSender sender = new LineSender(packer);
    send(sender, "a", "<1>one\n\ttwo\n");
    send(sender, "a", "<1>three\n");
    packer.close();

    assertThat(outlet.text("a")).isEqualTo("11 <1>one\n\ttwo\n<1>three\n");
  }

  @Test
  void thereIsNoRoomWhileNothingIsAcknowledged() {
    LinePacker packer = packer(10, NEVER, 100);
    LineSender sender = new LineSender(packer);
    AtomicInteger called = new AtomicInteger();
    outlet.fallSilent();
    IntStream.range(0, 10).forEach(i -> send(sender, "a", "123456789"));
    assertThat(packer.room().isOpen()).isFalse();
    assertThat(packer.room().isFull()).isTrue();
    packer.room().whenOpen(called::incrementAndGet);
    assertThat(called).hasValue(0);

    outlet.acknowledge();

    assertThat(called).hasValue(1);
    assertThat(packer.room().isOpen()).isTrue();
    assertThat(packer.room().used()).isZero();
  }

  @Test
  void whatTheOutletHasNoRoomForIsOfferedAgainInOrder() {
    LinePacker packer = packer(4, SOON, 1000);
    LineSender sender = new LineSender(packer);
    outlet.refuse(true);
    List.of("one", "two", "six").forEach(line -> send(sender, "a", line));
    assertThat(outlet.parcels()).isEmpty();
    assertThat(packer.room().used()).isEqualTo(12);
    outlet.refuse(false);
    send(sender, "a", "ten");

    await().until(() -> packer.room().used() == 0);
    assertThat(outlet.text("a")).isEqualTo("one\ntwo\nsix\nten\n");
    assertThat(packer.lostParcels()).isZero();
  }

  @Test
  void whatKafkaRefusesForGoodIsCounted() {
    LinePacker packer = packer(4, NEVER, 1000);
    outlet.fallSilent();
    send(new LineSender(packer), "a", "one");

    outlet.fail(new OutletRefusedException("too large", new IOException()));

    assertThat(packer.lostParcels()).isEqualTo(1);
    assertThat(packer.lostBytes()).isEqualTo(4);
    assertThat(packer.room().used()).isZero();
  }

  @Test
  void linesOfOneSenderStayInOrderWhileManySendAndPacksFallDue() {
    LinePacker packer = packer(100, Duration.ofMillis(1), 1_000_000_000);
    List<CompletableFuture<Void>> all =
        IntStream.range(0, 4)
            .mapToObj(
                thread ->
                    CompletableFuture.runAsync(
                        () -> {
                          LineSender sender = new LineSender(packer);
                          for (int i = 0; i < 50_000; i++) {
                            send(sender, "shared", thread + " " + i);
                          }
                        }))
            .toList();
    all.forEach(CompletableFuture::join);
    packer.close();

    int[] next = new int[4];
    outlet
        .text("shared")
        .lines()
        .forEach(
            line -> {
              int thread = line.charAt(0) - '0';
              assertThat(line).isEqualTo(thread + " " + next[thread]++);
            });
    assertThat(next).containsOnly(50_000);
  }

  private LinePacker packer(int blockBytes, Duration time, long bytesMax) {
    LinePacker packer = new LinePacker(new PackLimits(blockBytes, time, bytesMax), outlet);
    packers.add(packer);
    return packer;
  }

  private static void send(LineSender sender, String source, String line) {
    byte[] name = source.getBytes(UTF_8);
    byte[] message = line.getBytes(UTF_8);
    sender.send(name, 0, name.length, message, 0, message.length);
  }
}
