package dev.logdex.ingest.tail;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logdex.ingest.event.LogHeader;
import dev.logdex.ingest.logfile.BlockLimits;
import dev.logdex.ingest.outlet.Parcel;
import dev.logdex.ingest.outlet.RecordingOutlet;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Writing, rotating, looking, saving, acknowledging and killing in any order: every line arrives,
 * and once.
 */
class RandomRotationTest {
  private static final int STEPS = 400;
  private static final long TICK = Duration.ofMillis(400).toNanos();

  private final RecordingOutlet outlet = new RecordingOutlet();
  private final List<String> written = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private Path log;
  private int rotated;
  private long modified = 1_700_000_000_000L;
  private long now;
  @TempDir private Path folder;
  @TempDir private Path state;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void everyLineArrivesOnce(long seed) throws IOException {
    log = folder.resolve("x.log");
    Random random = new Random(seed);
    write(1); // a log of which nothing is known has no rotated files
    Tail tail = open();
    tail.look(now);
    for (int step = 0; step < STEPS; step++) {
      switch (random.nextInt(10)) {
        case 0, 1, 2 -> write(1 + random.nextInt(5));
        case 3 -> rotate(random);
        case 4 -> {
          tail.close();
          outlet.loseUnacknowledged();
          if (random.nextBoolean()) {
            write(1 + random.nextInt(3));
            rotate(random);
          }
          tail = open();
        }
        case 5 -> outlet.fallSilent();
        case 6 -> outlet.acknowledge();
        default -> {
          now += TICK;
          tail.look(now);
        }
      }
    }
    outlet.acknowledge();
    for (int i = 0; i < 20; i++) {
      now += TICK;
      tail.look(now);
    }
    tail.close();

    // a file that was packed before it could be opened is found behind newer ones
    assertThat(countedOnce().lines())
        .containsExactlyInAnyOrderElementsOf(written.stream().map(String::strip).toList());
    assertThat(rotated).isGreaterThan(10);
  }

  private Tail open() throws IOException {
    return Tail.open(
        new TailOptions(
            List.of(folder + "/*.log"),
            "",
            Optional.of(state),
            StartAt.BEGINNING,
            new BlockLimits(64, 256),
            Duration.ofMillis(100),
            Duration.ofSeconds(3),
            Duration.ofMinutes(1),
            Duration.ofSeconds(1),
            1000),
        outlet,
        notes::add);
  }

  private void write(int lines) throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < lines; i++) {
      String line = "line " + written.size() + "\n";
      written.add(line);
      text.append(line);
    }
    Files.writeString(log, text, CREATE, APPEND);
    setTime(log);
  }

  /** Files that are written to in the same instant have no order. */
  private void setTime(Path file) throws IOException {
    modified += 10;
    Files.setLastModifiedTime(file, FileTime.fromMillis(modified));
  }

  private void rotate(Random random) throws IOException {
    if (Files.notExists(log)) {
      return;
    }
    rotated++;
    if (random.nextInt(3) == 0) {
      Files.move(log, folder.resolve("x.log-2026112100" + rotated));
      return;
    }
    for (int n = rotated; n > 0; n--) {
      for (String end : new String[] {"", ".gz"}) {
        Path from = folder.resolve("x.log." + n + end);
        if (Files.exists(from)) {
          Files.move(from, folder.resolve("x.log." + (n + 1) + end));
        }
      }
    }
    Files.move(log, folder.resolve("x.log.1"));
    if (random.nextBoolean()) {
      pack(folder.resolve("x.log.1"));
    }
  }

  private static void pack(Path file) throws IOException {
    Path packed = file.resolveSibling(file.getFileName() + ".gz");
    FileTime time = Files.getLastModifiedTime(file);
    try (OutputStream gzip = new GZIPOutputStream(Files.newOutputStream(packed))) {
      Files.copy(file, gzip);
    }
    Files.setLastModifiedTime(packed, time);
    Files.delete(file);
  }

  /** As the normalizer counts: what was read of a file is passed over. */
  private String countedOnce() {
    Map<String, Long> ends = new HashMap<>();
    StringBuilder text = new StringBuilder();
    for (Parcel parcel : outlet.parcels()) {
      if (parcel.lines().length > 0) {
        long position = Long.parseLong(header(parcel, LogHeader.POSITION));
        long end = ends.getOrDefault(header(parcel, LogHeader.FILE), 0L);
        assertThat(position).isLessThanOrEqualTo(end);
        int skipped = (int) Math.min(parcel.lines().length, end - position);
        text.append(new String(parcel.lines(), UTF_8).substring(skipped));
        ends.merge(header(parcel, LogHeader.FILE), position + parcel.lines().length, Math::max);
      }
    }
    return text.toString();
  }

  private static String header(Parcel parcel, LogHeader header) {
    return new String(parcel.headers().get(header), UTF_8);
  }
}
