package dev.logdex.normalizer.envelope;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logdex.normalizer.event.DeadLetterReason;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing is thrown, whatever comes, and what is not understood is told. */
class HostileEnvelopesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "{\"message\":",
        "{\"message\":\"cut",
        "{\"message\":\"cut\\",
        "{\"message\":\"x\"",
        "{message:1}",
        "{\"message\":\"\\u12\"}",
        "{\"records\":[{\"message\":\"x\"",
        "{\"records\":[1,2]}",
        "{\"records\":[\"x\"]}",
        "{\"awslogs\":{\"data\":\"H4sIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\"}}"
      })
  void brokenJsonIsOneDeadLetter(String record) {
    Unwrapped told = Unwrapped.of(record);

    assertThat(told.reasons).containsExactly(DeadLetterReason.MALFORMED_ENVELOPE);
    assertThat(told.lines).isEmpty();
  }

  @Test
  void aBrokenDocumentDoesNotTakeTheNextOneWithIt() {
    Unwrapped told =
        Unwrapped.of("{\"message\":\"cut\n{\"message\":\"a\"}\n{\"x\":1,\n{\"message\":\"b\"}\n");

    assertThat(told.texts()).containsExactly("a", "b");
    assertThat(told.reasons).hasSize(2);
  }

  @Test
  void jsonOfNoKnownFormIsOneDeadLetter() {
    assertThat(Unwrapped.of("{\"a\":1}", "{}").reasons)
        .containsExactly(DeadLetterReason.NOT_A_LOG_LINE, DeadLetterReason.NOT_A_LOG_LINE);
  }

  @Test
  void aContinuationThatBeginsLikeAnEnvelopeIsNone() {
    assertThat(
            Unwrapped.of("\t{\"message\":\"x\"}", "\t<134>1 x", "\t2026-11-21T00:00:00Z x").texts())
        .containsExactly("\t{\"message\":\"x\"}", "\t<134>1 x", "\t2026-11-21T00:00:00Z x");
  }

  @Test
  void deepNestingIsRejected() {
    String deep = "{\"x\":".repeat(100_000) + "1" + "}".repeat(100_000);
    String arrays = "{\"x\":" + "[".repeat(100_000) + "]".repeat(100_000) + ",\"message\":\"a\"}";
    String records = "{\"records\":[".repeat(1000) + "]}".repeat(1000);

    assertThat(Unwrapped.of(deep, arrays, records).reasons)
        .hasSize(3)
        .containsOnly(DeadLetterReason.MALFORMED_ENVELOPE);
  }

  @Test
  void containersInContainersAreBounded() {
    String records = "{\"records\":[".repeat(50) + "]}".repeat(50);

    assertThat(Unwrapped.of(records).reasons).containsExactly(DeadLetterReason.MALFORMED_ENVELOPE);
  }

  @Test
  void aLongStringIsRead() {
    String text = "LOG:  " + "é".repeat(5 << 20);
    Unwrapped told = Unwrapped.of("{\"message\":\"" + text + "\"}", "{\"message\":\"b\"}");

    assertThat(told.texts()).containsExactly(text, "b");
  }

  @Test
  void aBombIsNotInflated() throws IOException {
    Unwrapped told = new Unwrapped();
    told.read(Unwrapped.reader(), NestedEnvelopesTest.gzip(new byte[100 << 20]));
    told.read(Unwrapped.reader(), new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0});
    told.read(Unwrapped.reader(), "H4sIAAAAAAAAA!!!!????AAAAAA");

    assertThat(told.reasons).hasSize(3).containsOnly(DeadLetterReason.MALFORMED_ENVELOPE);
  }

  @Test
  void bytesThatAreNoUtf8AreReplacedAndTheRestIsKept() {
    Unwrapped told = new Unwrapped();
    told.read(
        Unwrapped.reader(), "{\"message\":\"caf\u00e9 LOG\",\"host\":\"h\"}".getBytes(ISO_8859_1));

    assertThat(told.texts()).containsExactly("caf\ufffd LOG");
    assertThat(told.reasons).isEmpty();
  }

  @Test
  void ofTwoEqualKeysTheLastCounts() {
    assertThat(Unwrapped.of("{\"message\":\"a\",\"message\":\"b\"}").texts()).containsExactly("b");
    assertThat(Unwrapped.of("{\"message\":\"a\",\"message\":null,\"log\":\"c\"}").texts())
        .containsExactly("c");
  }

  @Test
  void endlessRepetitionIsBounded() {
    Unwrapped told =
        Unwrapped.of(
            "Nov 21 00:25:13 vm postgres[1]: message repeated 999999999999999999 times: [ LOG:  x]",
            "Nov 21 00:25:13 vm postgres[1]: message repeated 99999999999999999999 times: [ x]",
            "Nov 21 00:25:13 vm postgres[1]: message repeated 3 times: [" + "x".repeat(800) + "]",
            "Nov 21 00:25:13 vm postgres[1]: message repeated 3 times: [",
            "Nov 21 00:25:13 vm postgres[1]: message repeated 3 times: []");

    assertThat(told.lines).hasSize(1000 + 1 + 1 + 3);
    assertThat(told.reasons)
        .containsExactly(DeadLetterReason.LINES_LOST, DeadLetterReason.DAMAGED_ENTRY);
  }

  @Test
  void anythingCutOrChangedAnywhereIsToldOrIgnoredButNotThrown() {
    Random random = new Random(7);
    EnvelopeReader reader = Unwrapped.reader();
    for (ShippersTest.Row sample : ShippersTest.rows()) {
      byte[] record = sample.record().getBytes(UTF_8);
      for (int length = 0; length <= record.length; length++) {
        assertTold(reader, Arrays.copyOf(record, length), length);
      }
      for (int i = 0; i < 300; i++) {
        byte[] changed = record.clone();
        for (int changes = random.nextInt(4); changes >= 0; changes--) {
          changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
        }
        assertTold(reader, changed, changed.length);
      }
    }
  }

  private static void assertTold(EnvelopeReader reader, byte[] record, int length) {
    Unwrapped told = new Unwrapped().read(reader, record);
    reader.endOfInput(told);
    int all = told.lines.size() + told.entries.size() + told.ignored.size() + told.reasons.size();
    if (length > 0) {
      assertThat(all).as(new String(record, UTF_8)).isPositive();
    }
  }
}
