package dev.logdex.normalizer.logentry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logdex.normalizer.event.DeadLetterReason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever comes in, reading goes on, within bounds, and the same way after a restart. */
class DamagedLogTest {
  private static final LogSettings NARROW =
      new LogSettings(null, null, 2048, 3, 4096, Duration.ofSeconds(1));

  @ParameterizedTest
  @ValueSource(strings = {"debian", "rds", "pganalyze", "mod", "heroku", "syslog", "syslognumber"})
  void brokenBytesNeverThrowAndRestartsChangeNothing(String name) throws IOException {
    Random random = new Random(name.hashCode());
    byte[] log = read(name + ".log");
    for (int round = 0; round < 8; round++) {
      byte[] broken = broken(log, random);
      LogSettings settings = round % 2 == 0 ? NARROW : LogSettings.defaults();
      Told whole = Told.by(settings, broken);

      assertThat(inRandomRecords(settings, broken, random).all).isEqualTo(whole.all);
    }
  }

  @Test
  void randomLinesNeverThrow() {
    Random random = new Random(1);
    List<String> words =
        List.of(
            "2026-11-21 00:25:13.031 UTC ",
            "[23162]",
            " ",
            "LOG:  ",
            "DETAIL:  ",
            "\t",
            "<134>",
            "1 ",
            "Nov 21 00:25:13 ",
            "vm ",
            "postgres[1]: ",
            "[8-1] ",
            "[8-2] ",
            "[9] ",
            "#011",
            "#012",
            "2026-11-21T00:25:13Z ",
            "app[postgres.1]: ",
            "[A] ",
            "duration: 1 ms  ",
            "statement: ",
            "execute a: ",
            "SELECT 1",
            "'",
            "parameters: $1 = '",
            "\n",
            "\n",
            "\n",
            "EXECUTE p(",
            "prepare: PREPARE p AS ",
            "a@b ",
            "ERROR:  ",
            "\u00e9",
            "\u0000",
            ":",
            "/",
            "99999999999999999999999",
            "[99999999999999999999-1] ",
            "$x$",
            "/*",
            "- ",
            "[");
    for (int round = 0; round < 1000; round++) {
      StringBuilder log = new StringBuilder();
      for (int word = 0; word < 60; word++) {
        log.append(words.get(random.nextInt(words.size())));
      }
      byte[] bytes = log.toString().getBytes(UTF_8);
      LogSettings settings = round % 2 == 0 ? NARROW : LogSettings.defaults();
      Told whole = Told.by(settings, bytes);

      assertThat(inRandomRecords(settings, bytes, random).all)
          .as(log.toString())
          .isEqualTo(whole.all);
    }
  }

  /**
   * Feeds whole lines, several a record, and now and then drains the log and restores it from its
   * pieces.
   */
  private static Told inRandomRecords(LogSettings settings, byte[] log, Random random) {
    Told told = new Told();
    Told.Store store = new Told.Store();
    InspectableLog reader = SourceLogs.open("source", settings, told);
    int every = 1 + random.nextInt(4);
    int from = 0;
    while (from < log.length) {
      int to = from;
      for (int lines = random.nextInt(3); to < log.length && lines >= 0; to++) {
        lines -= log[to] == '\n' ? 1 : 0;
      }
      byte[] record = Arrays.copyOfRange(log, from, to);
      reader.accept(record, 0, record.length, "log", Told.ARRIVED);
      Arrays.fill(record, (byte) 0); // nothing of it may be kept
      if (random.nextInt(every) == 0) {
        store.drain(reader);
      }
      if (random.nextInt(every) == 0) {
        store.drain(reader);
        reader = SourceLogs.restore("source", settings, told, store.pieces.entrySet());
      }
      from = to;
    }
    reader.flush();
    return told;
  }

  /** Drops, repeats and swaps stretches and flips bytes. */
  private static byte[] broken(byte[] log, Random random) {
    ByteArrayOutputStream broken = new ByteArrayOutputStream();
    int at = 0;
    while (at < log.length) {
      int length = Math.min(log.length - at, 1 + random.nextInt(3000));
      switch (random.nextInt(6)) {
        case 0 -> {
          // dropped
        }
        case 1 -> {
          broken.write(log, at, length);
          broken.write(log, at, length);
        }
        case 2 -> {
          broken.write(log, at, length);
          broken.write(random.nextInt(256));
        }
        default -> broken.write(log, at, length);
      }
      at += length;
    }
    return broken.toByteArray();
  }

  private static byte[] read(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(DamagedLogTest.class.getResourceAsStream("/pg15/" + name), name)) {
      return in.readAllBytes();
    }
  }

  @Test
  void aCutLineWhoseEndDoesNotComeIsRejectedWhereItBegan() {
    Told told = new Told();
    Told.Store store = new Told.Store();
    InspectableLog log = SourceLogs.open("source", LogSettings.defaults(), told);
    byte[] beginning = "2024-05-01T10:00:00.123456789Z stderr P LOG:  x\n".getBytes(UTF_8);
    log.accept(beginning, 0, beginning.length, "7:1", Told.ARRIVED);
    store.drain(log);
    log = SourceLogs.restore("source", LogSettings.defaults(), told, store.pieces.entrySet());
    byte[] later = "2024-05-01T10:00:01.123456789Z stdout F other\n".getBytes(UTF_8);
    log.accept(later, 0, later.length, "7:2", Told.ARRIVED);
    log.flush();

    assertThat(told.letters)
        .filteredOn(letter -> letter.reason() == DeadLetterReason.DAMAGED_ENTRY)
        .singleElement()
        .satisfies(letter -> assertThat(letter.place()).isEqualTo("7:1:1"));
  }
}
