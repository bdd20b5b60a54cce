package dev.logdex.normalizer.envelope;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logdex.ingest.outlet.LinePacker;
import dev.logdex.ingest.outlet.LineSender;
import dev.logdex.ingest.outlet.PackLimits;
import dev.logdex.ingest.outlet.Parcel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What ingest packs together comes apart again as it was. */
class PackedMessagesTest {
  private static final String HEAD = "<134>1 2026-11-20T23:54:44.054764+00:00 vm postgres 15070 - - ";
  private static final List<String> TEXTS =
      List.of(
          "duration: 1 ms  statement: SELECT 1",
          "duration: 1 ms  statement: SELECT\n\t\tid,\n\tname\n\t\n\tFROM t",
          "one\n<134>1 2026-11-20T23:54:44Z vm postgres 1 - - [9-9] two\n12 <3>three\n",
          "ends with a line end\n\n",
          "{\"not\": \"a document\",\n\t\"but\": 1}",
          "grüße\n東京");

  @ParameterizedTest
  @ValueSource(ints = {1, 200, 1_000, 1_000_000})
  void messagesOfSeveralLinesSurvivePacking(int blockBytes) {
    ConcurrentLinkedQueue<Parcel> parcels = new ConcurrentLinkedQueue<>();
    PackLimits limits = new PackLimits(blockBytes, Duration.ofDays(1), 1_000_000);
    try (LinePacker packer =
        new LinePacker(
            limits,
            parcel -> {
              parcels.add(parcel);
              return CompletableFuture.completedFuture(null);
            })) {
      LineSender sender = new LineSender(packer);
      IntStream.range(0, 3 * TEXTS.size()).forEach(i -> send(sender, i));
    }

    Unwrapped told = new Unwrapped();
    EnvelopeReader reader = Unwrapped.reader();
    parcels.forEach(parcel -> told.read(reader, parcel.lines()));

    assertThat(told.lines)
        .extracting(Unwrapped.Line::message)
        .isEqualTo(IntStream.range(0, 3 * TEXTS.size()).mapToObj(Long::valueOf).toList());
    assertThat(told.texts())
        .isEqualTo(
            IntStream.range(0, 3 * TEXTS.size()).mapToObj(PackedMessagesTest::expected).toList());
    assertThat(told.reasons).isEmpty();
  }

  private static void send(LineSender sender, int number) {
    byte[] name = "vm".getBytes(UTF_8);
    byte[] message = (HEAD + "[" + number + "] " + text(number)).getBytes(UTF_8);
    sender.send(name, 0, name.length, message, 0, message.length);
  }

  private static String text(int number) {
    return TEXTS.get(number % TEXTS.size());
  }

  /** One line end at the end stands between messages, and belongs to none. */
  private static String expected(int number) {
    String text = text(number);
    return text.endsWith("\n\n")
        ? text.substring(0, text.length() - 2)
        : text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
  }
}
