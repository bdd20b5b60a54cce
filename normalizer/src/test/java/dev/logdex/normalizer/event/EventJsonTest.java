package dev.logdex.normalizer.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import com.datadoghq.sketch.ddsketch.DDSketch;
import dev.logdex.runtime.EventJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Records as they stand on the topic, of this and former forms, are read by today's code. */
class EventJsonTest {
  @Test
  void aWindowOfTheFirstFormHasNoDetails() {
    QueryWindow window = read("query-window-1.json");

    assertThat(window.calls()).isEqualTo(3);
    assertThat(window.samples())
        .containsExactly(
            new Sample("select * from orders where id = $1", List.of("7"), 2, 10.0),
            new Sample(
                "select * from orders where id = $1", Arrays.asList((String) null), 1, null));
    assertThat(window.users()).isEqualTo(Map.of("ann", 3L));
    assertThat(window.details()).isEqualTo(WindowDetails.NONE);
  }

  @Test
  void aWindowIsReadWithItsDetails() {
    QueryWindow window = read("query-window-2.json");
    WindowDetails details = window.details();

    assertThat(details.errors()).isEqualTo(1);
    assertThat(details.temporaryBytes()).isEqualTo(8192);
    assertThat(details.durations().quantileMs(0.5).orElseThrow()).isCloseTo(5, within(0.05));
    assertThat(details.durations().quantileMs(1).orElseThrow()).isCloseTo(10, within(0.1));
    assertThat(details.planEvidence())
        .extracting(PlanEvidence::format, PlanEvidence::rows)
        .containsExactly(tuple(PlanFormat.TEXT, 1L));
    assertThat(details.tags()).isEqualTo(Map.of("controller", Map.of("orders", 3L)));
    assertThat(details.queryIds()).isEqualTo(Map.of(-3416356442043621232L, 3L));
  }

  @Test
  void whatIsWrittenIsReadAgain() {
    QueryWindow window = read("query-window-2.json");

    assertThat(EventJson.read(EventJson.write(window), QueryWindow.class)).isEqualTo(window);
  }

  @Test
  void quantilesOfNothingAreNotKnown() {
    assertThat(DurationSketch.NONE.quantileMs(0.5)).isEmpty();
  }

  @Test
  void sketchesTellQuantilesToOnePercent() {
    DDSketch sketch = DurationSketch.empty();
    for (double ms : new double[] {0.001, 0.5, 7, 99, 12_345, 86_400_000.0}) {
      DDSketch one = DurationSketch.empty();
      one.accept(ms);
      DurationSketch.of(one).addTo(sketch);

      assertThat(DurationSketch.of(sketch).quantileMs(1).orElseThrow())
          .isCloseTo(ms, within(ms / 100));
    }
  }

  @Test
  void whatIsNoSketchIsRefused() {
    DurationSketch broken = new DurationSketch("/////w==");

    assertThatThrownBy(() -> broken.quantileMs(0.5)).isInstanceOf(UncheckedIOException.class);
  }

  private static QueryWindow read(String name) {
    try (InputStream json = EventJsonTest.class.getResourceAsStream("/events/" + name)) {
      return EventJson.read(json.readAllBytes(), QueryWindow.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
