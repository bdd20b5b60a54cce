package dev.logdex.normalizer.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logdex.normalizer.event.DurationSketch;
import dev.logdex.normalizer.event.Fingerprint;
import dev.logdex.normalizer.event.PlanEvidence;
import dev.logdex.normalizer.event.PlanFormat;
import dev.logdex.normalizer.event.QueryWindow;
import dev.logdex.normalizer.event.Sample;
import dev.logdex.normalizer.event.WindowDetails;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WindowCodecTest {
  private static final QueryWindow WINDOW =
      new QueryWindow(
          1,
          "shop",
          new Fingerprint(-7),
          "select \u00e9 \ud83d\ude00",
          Instant.parse("1969-12-31T23:59:00Z"),
          Duration.ofMinutes(1),
          "3-14",
          5,
          4,
          10.125,
          0.001,
          9.5,
          List.of(
              new Sample("s", Arrays.asList("", null, "x"), 3, 9.5),
              new Sample("t", List.of(), 1, null)),
          Map.of("", 2L, "ann", 3L),
          new WindowDetails(
              1,
              2,
              3,
              4,
              5,
              6_000_000_000L,
              7.125,
              8.5,
              9,
              10,
              2,
              12,
              new DurationSketch("AQID"),
              List.of(
                  new PlanEvidence(
                      PlanFormat.JSON, "{}", Instant.parse("2026-01-01T00:00:00.123456Z"), 1.5, 0L),
                  new PlanEvidence(PlanFormat.TEXT, "Seq Scan", Instant.EPOCH, 2.5, null)),
              Map.of("controller", Map.of("users", 3L, "orders", 1L), "action", Map.of("", 4L)),
              Map.of(-5L, 3L, Long.MAX_VALUE, 0L)));

  @Test
  void whatIsWrittenIsReadAgain() {
    assertThat(WindowCodec.read(WindowCodec.write(WINDOW))).isEqualTo(WINDOW);
  }

  @Test
  void anotherFormIsRefused() {
    byte[] bytes = WindowCodec.write(WINDOW);
    bytes[0] = 9;

    assertThatThrownBy(() -> WindowCodec.read(bytes)).hasMessageContaining("form");
  }
}
