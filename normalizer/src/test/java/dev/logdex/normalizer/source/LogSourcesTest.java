package dev.logdex.normalizer.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logdex.normalizer.event.DeadLetter;
import dev.logdex.normalizer.event.DeadLetterReason;
import dev.logdex.normalizer.event.QueryWindow;
import dev.logdex.normalizer.source.RawRecord.Stretch;
import dev.logdex.normalizer.window.OpenWindows;
import dev.logdex.normalizer.window.WindowCaps;
import dev.logdex.normalizer.window.WindowLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LogSourcesTest {
  private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");
  private static final SourceSettings SETTINGS =
      new SourceSettings(Duration.ofSeconds(3), Duration.ofDays(7), WindowLimits.DEFAULT);

  private final MemoryStore store = new MemoryStore();
  private final List<DeadLetter> letters = new ArrayList<>();
  private final Map<String, Long> calls = new TreeMap<>();
  private OpenWindows windows;
  private Tally tally;
  private LogSources sources;

  @BeforeEach
  void start() {
    sources = open();
  }

  @Test
  void whatIsPendingIsToldWhenTheSourceEnds() {
    read("a", "select x", START);
    assertThat(calls).isEmpty();

    end("a");

    assertThat(calls).isEqualTo(Map.of("select x", 1L));
  }

  @Test
  void whatIsPendingSurvivesARestart() {
    read("a", "select x\nselect y", START);
    restart();
    read("a", "select z", START);
    end("a");

    assertThat(calls).isEqualTo(Map.of("select x", 1L, "select y", 1L, "select z", 1L));
  }

  @Test
  void howFarAFileWasReadSurvivesARestart() {
    readFile("a", "f", 0, "select x\n");
    restart();
    readFile("a", "f", 0, "select x\n");
    readFile("a", "f", 0, "select x\nselect y\n");
    end("a");

    assertThat(calls).isEqualTo(Map.of("select x", 1L, "select y", 1L));
    assertThat(sources.bytesSkipped()).isEqualTo(18);
  }

  @Test
  void aGapInAFileDoesNoHarm() {
    readFile("a", "f", 0, "select x\n");
    readFile("a", "f", 500, "select y\n");
    readFile("a", "f", 500, "select y\n");
    end("a");

    assertThat(calls).isEqualTo(Map.of("select x", 1L, "select y", 1L));
  }

  @Test
  void onlyTheLastFilesOfASourceAreRemembered() {
    for (int file = 0; file < 257; file++) {
      readFile("a", "f" + file, 0, "select x\n");
    }
    readFile("a", "f1", 0, "select x\n");
    readFile("a", "f0", 0, "select x\n");
    end("a");

    assertThat(calls).isEqualTo(Map.of("select x", 258L));
  }

  @Test
  void aSourceIsQuietWhenOthersArriveLongEnoughAfterIt() {
    read("a", "select x", START);
    read("b", "select y", START.plusMillis(2999));
    assertThat(calls).isEmpty();

    read("b", "select z", START.plusMillis(3000));

    assertThat(calls).isEqualTo(Map.of("select x", 1L, "select y", 1L));
  }

  @Test
  void aSourceThatPausesItselfIsQuietBeforeItGoesOn() {
    read("a", "select x", START);
    read("a", "select y", START.plusSeconds(3));

    assertThat(calls).isEqualTo(Map.of("select x", 1L));
  }

  @Test
  void aFileInTheMiddleIsNeverQuietEvenAfterARestart() {
    readFile("a", "f", 0, "select x\n");
    read("b", "select y", START.plusSeconds(60));
    sources.settle();
    take();
    assertThat(calls).isEqualTo(Map.of("select y", 1L));

    restart();
    sources.settle();
    take();
    assertThat(calls).isEqualTo(Map.of("select y", 1L));

    end("a");
    assertThat(calls).isEqualTo(Map.of("select x", 1L, "select y", 1L));
  }

  @Test
  void afterItsEndAFileIsQuietLikeAnySource() {
    readFile("a", "f", 0, "select x\n");
    end("a");
    read("a", "select y", START);
    sources.settle();
    take();

    assertThat(calls).isEqualTo(Map.of("select x", 1L, "select y", 1L));
  }

  @Test
  void aRestoredSourceIsSettledWhenNothingArrives() {
    read("a", "select x", START);
    restart();
    sources.settle();
    take();

    assertThat(calls).isEqualTo(Map.of("select x", 1L));
  }

  @Test
  void aDefectThatGetsOutOfALogCostsItsRecordAndTheSourceStartsAnew() {
    read("a", "select x", START);
    read("a", "select y\nfail\nselect z", START);
    read("a", "select w", START);
    end("a");

    assertThat(calls).isEqualTo(Map.of("select x", 1L, "select y", 1L, "select w", 1L));
    assertThat(letters).extracting(DeadLetter::reason).containsExactly(DeadLetterReason.INTERNAL);
    assertThat(letters.get(0).place()).isEqualTo("0:1");
    assertThat(letters.get(0).excerpt()).isEqualTo("select y\nfail\nselect z");
  }

  @Test
  void whatALogHadPendingWhenItFailedDoesNotComeBack() {
    read("a", "select x", START);
    sources.store();
    read("a", "fail", START);
    restart();
    end("a");

    assertThat(calls).isEqualTo(Map.of("select x", 1L));
  }

  @Test
  void whatWasNotStoredIsReadAgain() {
    readFile("a", "f", 0, "select x\n");
    sources = open();
    readFile("a", "f", 0, "select x\n");
    end("a");

    assertThat(calls).isEqualTo(Map.of("select x", 1L));
  }

  @Test
  void aDeliveryThatComesAgainIsCountedOnce() {
    deliver("a", "frame 1", "select x");
    deliver("a", "frame 1", "select x");
    deliver("a", "frame 2", "select y");
    deliver("b", "frame 1", "select z");
    restart();
    deliver("a", "frame 1", "select x");
    end("a");
    end("b");

    assertThat(calls).isEqualTo(Map.of("select x", 1L, "select y", 1L, "select z", 1L));
    assertThat(sources.recordsRepeated()).isEqualTo(1);
  }

  @Test
  void onlyTheLastDeliveriesAreRemembered() {
    for (int i = 0; i <= Deliveries.MOST; i++) {
      deliver("a", "frame " + i, "select x");
    }
    restart();
    deliver("a", "frame 1", "select x");
    assertThat(sources.recordsRepeated()).isEqualTo(1);
    deliver("a", "frame 0", "select x");
    end("a");

    assertThat(sources.recordsRepeated()).isEqualTo(1);
    assertThat(calls).isEqualTo(Map.of("select x", Deliveries.MOST + 2L));
  }

  @Test
  void aDefectAtTheEndIsToldOnceAndDoesNotComeBack() {
    read("a", "select x\nfail late", START);
    end("a");
    end("a");
    restart();
    read("a", "select y", START);
    end("a");

    assertThat(calls).isEqualTo(Map.of("select x", 1L, "select y", 1L));
    assertThat(letters).extracting(DeadLetter::reason).containsExactly(DeadLetterReason.INTERNAL);
  }

  @Test
  void aSourceThatIsSilentForTheRetentionIsForgotten() {
    readFile("a", "f", 0, "select x\n");
    sources.forgetSilent(START.plus(Duration.ofDays(7)));
    take();
    sources.store();
    assertThat(store.sources()).containsExactly("a");
    assertThat(calls).isEmpty();

    sources.forgetSilent(START.plus(Duration.ofDays(7)).plus(Duration.ofHours(2)));
    take();

    assertThat(store.sources()).isEmpty();
    assertThat(calls).isEqualTo(Map.of("select x", 1L));
  }

  @Test
  void aSourceThatSpeaksIsNotForgotten() {
    for (int day = 0; day < 20; day++) {
      Instant now = START.plus(Duration.ofDays(day));
      sources.read(record("a", "select x", now), now);
      take();
      sources.forgetSilent(now);
      take();
    }

    sources.store();
    assertThat(store.sources()).containsExactly("a");
  }

  @Test
  void truncatedStatementsAreRejectedWithoutTheirLiterals() {
    read("a", "select 'private", START);
    end("a");

    assertThat(calls).isEmpty();
    assertThat(letters)
        .extracting(DeadLetter::reason)
        .containsExactly(DeadLetterReason.TRUNCATED_STATEMENT);
    assertThat(letters.get(0).detail()).doesNotContain("private");
  }

  private LogSources open() {
    windows = new OpenWindows(WindowLimits.DEFAULT, WindowCaps.DEFAULT);
    tally = new Tally(windows);
    return new LogSources(FakeLog::new, store, SETTINGS, tally, START);
  }

  /** As after a commit. */
  private void restart() {
    sources.store();
    sources = open();
  }

  private void read(String source, String lines, Instant arrivedAt) {
    sources.read(record(source, lines, arrivedAt), START);
    take();
  }

  private void readFile(String source, String file, long position, String lines) {
    byte[] value = lines.getBytes(UTF_8);
    Stretch stretch = new Stretch(file, position);
    sources.read(new RawRecord(source, value, "0:1", START, stretch, null, false), START);
    take();
  }

  private void deliver(String source, String delivery, String lines) {
    byte[] value = lines.getBytes(UTF_8);
    byte[] id = delivery.getBytes(UTF_8);
    sources.read(new RawRecord(source, value, "0:1", START, null, id, false), START);
    take();
  }

  private void end(String source) {
    sources.read(new RawRecord(source, new byte[0], "0:9", START, null, null, true), START);
    take();
  }

  private static RawRecord record(String source, String lines, Instant arrivedAt) {
    return new RawRecord(source, lines.getBytes(UTF_8), "0:1", arrivedAt, null, null, false);
  }

  private void take() {
    letters.addAll(tally.takeLetters());
    for (QueryWindow window : windows.takeAll()) {
      calls.merge(window.text(), window.calls(), Long::sum);
    }
  }

  private static final class MemoryStore implements SourceStore {
    private final Map<String, Map<String, byte[]>> pieces = new TreeMap<>();

    @Override
    public Collection<String> sources() {
      return List.copyOf(pieces.keySet());
    }

    @Override
    public Map<String, byte[]> pieces(String source) {
      return new HashMap<>(pieces.getOrDefault(source, Map.of()));
    }

    @Override
    public void put(String source, String name, byte[] piece) {
      Map<String, byte[]> known = pieces.computeIfAbsent(source, first -> new HashMap<>());
      if (piece == null) {
        known.remove(name);
      } else {
        known.put(name, piece);
      }
      if (known.isEmpty()) {
        pieces.remove(source);
      }
    }
  }
}
