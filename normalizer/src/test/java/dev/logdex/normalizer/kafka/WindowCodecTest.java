package dev.logdex.normalizer.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logdex.normalizer.event.Fingerprint;
import dev.logdex.normalizer.event.QueryWindow;
import dev.logdex.normalizer.event.Sample;
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
          Map.of("", 2L, "ann", 3L));

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

  @Test
  void aDeletionStaysADeletion() {
    assertThat(WindowCodec.serde().serializer().serialize("t", null)).isNull();
    assertThat(WindowCodec.serde().deserializer().deserialize("t", null)).isNull();
  }
}
