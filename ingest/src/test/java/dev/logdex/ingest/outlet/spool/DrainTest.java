package dev.logdex.ingest.outlet.spool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logdex.ingest.outlet.Parcel;
import dev.logdex.ingest.outlet.RecordingOutlet;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DrainTest {
  private static final Duration LONG = Duration.ofDays(1);

  @TempDir Path folder;
  private final RecordingOutlet kafka = new RecordingOutlet();
  private final SpoolCounts counts = new SpoolCounts();

  @Test
  void ofASourceNoMoreAreUnderWayThanItsReaderKnowsAgainAfterAKill() throws IOException {
    kafka.fallSilent();
    try (Spool spool = Spool.open(folder, 1_000_000, counts)) {
      append(spool, "busy", Drain.MOST + 10);
      append(spool, "quiet", 1);
      Drain drain = new Drain(spool, kafka, counts, 1_000_000);
      drain.run();
      assertThat(kafka.parcels()).hasSize(Drain.MOST);

      kafka.acknowledgeEldest();
      drain.run();
      drain.run();

      assertThat(kafka.parcels()).hasSize(Drain.MOST + 1);
      assertThat(drain.hasSentAll(LONG)).isFalse();
    }
  }

  @Test
  void otherSourcesDoNotCount() throws IOException {
    kafka.fallSilent();
    try (Spool spool = Spool.open(folder, 1_000_000, counts)) {
      append(spool, "one", Drain.MOST);
      append(spool, "two", Drain.MOST);
      Drain drain = new Drain(spool, kafka, counts, 1_000_000);
      drain.run();

      assertThat(kafka.parcels()).hasSize(2 * Drain.MOST);
      assertThat(drain.hasSentAll(LONG)).isTrue();
      assertThat(drain.hasSentAll(Duration.ZERO)).isFalse();
      assertThat(drain.isIdle()).isFalse();
    }
  }

  private static void append(Spool spool, String source, int count) throws IOException {
    for (int i = 0; i < count; i++) {
      spool.append(new Parcel(source, ("line " + i).getBytes(UTF_8)));
    }
  }
}
