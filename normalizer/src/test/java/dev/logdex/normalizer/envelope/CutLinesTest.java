package dev.logdex.normalizer.envelope;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logdex.normalizer.event.DeadLetterReason;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Container runtimes cut lines at 16 KiB; the parts go together before anything else is done. */
class CutLinesTest {
  private static final String T = "2026-11-21T00:25:13.031Z ";

  static List<List<String>> parts() {
    return List.of(
        List.of(T + "stderr P LOG:  IN (955,4", T + "stderr P 5", T + "stderr F 6)"),
        List.of(
            "{\"log\":\"LOG:  IN (955,4\",\"stream\":\"stderr\",\"time\":\"2026-11-21T00:00:00Z\"}",
            "{\"log\":\"5\",\"stream\":\"stderr\",\"time\":\"2026-11-21T00:00:00Z\"}",
            "{\"log\":\"6)\\n\",\"stream\":\"stderr\",\"time\":\"2026-11-21T00:00:00Z\"}"),
        List.of(
            "{\"log\":\"LOG:  IN (955,4\",\"stream\":\"stderr\",\"logtag\":\"P\"}",
            "{\"log\":\"5\",\"stream\":\"stderr\",\"logtag\":\"P\"}",
            "{\"log\":\"6)\",\"stream\":\"stderr\",\"logtag\":\"F\"}"),
        List.of(
            "{\"log\":\"" + T + "stderr P LOG:  IN (955,4\",\"@timestamp\":1.5}",
            "{\"log\":\"" + T + "stderr P 5\",\"@timestamp\":1.5}",
            "{\"log\":\"" + T + "stderr F 6)\",\"@timestamp\":1.5}"));
  }

  @ParameterizedTest
  @MethodSource("parts")
  void partsAreJoinedWithoutSeparator(List<String> parts) {
    assertThat(Unwrapped.of(parts.toArray(String[]::new)).texts())
        .containsExactly("LOG:  IN (955,456)");
  }

  @ParameterizedTest
  @MethodSource("parts")
  void aRestartBetweenPartsLosesNothing(List<String> parts) {
    Unwrapped told = new Unwrapped();
    Map<String, byte[]> store = new HashMap<>();
    for (String part : parts) {
      EnvelopeReader reader = Unwrapped.reader();
      reader.restore(List.of(), Map.copyOf(store));
      told.read(reader, part);
      drain(reader, store);
    }
    assertThat(told.texts()).containsExactly("LOG:  IN (955,456)");
    assertThat(store).isEmpty();
  }

  @Test
  void theTwoPipesAndDifferentPodsDoNotMix() {
    assertThat(
            Unwrapped.of(
                    T + "stderr P a",
                    T + "stdout F out",
                    pod("1", "P", "x"),
                    pod("2", "F", "y"),
                    pod("1", "F", "z"),
                    T + "stderr F b")
                .texts())
        .containsExactly("out", "y", "xz", "ab");
  }

  private static String pod(String name, String flag, String text) {
    return "{\"log\":\""
        + text
        + "\",\"stream\":\"stderr\",\"logtag\":\""
        + flag
        + "\",\"kubernetes\":{\"pod_name\":\""
        + name
        + "\"}}";
  }

  @Test
  void aLineThatNeverEndsIsGivenUpOnceAndTheNextOneIsRead() {
    Unwrapped told = new Unwrapped();
    Map<String, byte[]> store = new HashMap<>();
    EnvelopeReader reader = Unwrapped.reader();
    String part = T + "stderr P " + "x".repeat(16 << 10);
    for (int i = 0; i < 200; i++) {
      told.read(reader, part);
      drain(reader, store);
      if (i == 150) {
        reader = Unwrapped.reader();
        reader.restore(List.of(), Map.copyOf(store));
      }
    }
    assertThat(store.values().stream().mapToInt(piece -> piece.length).sum()).isLessThan(1000);
    told.read(reader, T + "stderr F end");
    told.read(reader, T + "stderr F next");

    assertThat(told.reasons).containsExactly(DeadLetterReason.ENTRY_TOO_LONG);
    assertThat(told.texts()).containsExactly("next");
  }

  @Test
  void manyStreamsThatNeverEndAreBounded() {
    Unwrapped told = new Unwrapped();
    EnvelopeReader reader = Unwrapped.reader();
    for (int i = 0; i < 5000; i++) {
      told.read(reader, pod("pod" + i, "P", "x"));
    }
    assertThat(told.reasons).hasSize(4000).containsOnly(DeadLetterReason.DAMAGED_ENTRY);
    reader.endOfInput(told);
    assertThat(told.reasons).hasSize(5000);
  }

  @Test
  void identitiesSurviveARestart() {
    String entry =
        "{\"insertId\":\"1\",\"logName\":\"x%2Fpostgres.log\",\"textPayload\":\"LOG:  a\","
            + "\"timestamp\":\"2026-11-21T00:00:00Z\"}";
    Unwrapped told = new Unwrapped();
    Map<String, byte[]> store = new HashMap<>();
    EnvelopeReader reader = Unwrapped.reader();
    told.read(reader, entry);
    drain(reader, store);
    EnvelopeReader restored = Unwrapped.reader();
    restored.restore(List.of(), store);
    told.read(restored, entry);

    assertThat(told.texts()).hasSize(1);
    assertThat(told.ignored).containsExactly(IgnoredCause.SENT_AGAIN);
  }

  private static void drain(EnvelopeReader reader, Map<String, byte[]> store) {
    reader.drainChanges(
        (name, piece) -> {
          if (piece == null) {
            store.remove(name);
          } else {
            store.put(name, piece);
          }
        });
  }
}
