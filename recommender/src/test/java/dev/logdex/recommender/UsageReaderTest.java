package dev.logdex.recommender;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.logdex.recommender.usage.IndexUsage;
import dev.logdex.recommender.usage.NodeUsage;
import dev.logdex.recommender.usage.Reading;
import dev.logdex.recommender.usage.UsageSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class UsageReaderTest {
  private static NodeUsage node(Instant readAt) {
    return NodeUsage.read("shop", "db1", Reading.of(readAt, null, false, 0, List.of(), List.of()));
  }

  @Test
  void allSourcesAreReadAgainAndAgain() {
    AtomicInteger readings = new AtomicInteger();
    UsageSource counted = () -> List.of(node(Instant.ofEpochSecond(readings.incrementAndGet())));
    UsageSource silent = () -> List.of(NodeUsage.unknown("shop", "db2", "refused"));
    try (UsageReader reader = new UsageReader(List.of(counted, silent), Duration.ofMillis(1))) {
      assertThat(reader.current()).isEqualTo(IndexUsage.NOTHING_KNOWN);
      reader.start();

      await().until(() -> readings.get() > 2);
      assertThat(reader.current().of("shop"))
          .extracting(NodeUsage::node)
          .containsExactly("db1", "db2");
    }
  }

  @Test
  void aSourceThatFailsMakesNothingKnownAndTheOthersAreStillRead() {
    UsageSource broken =
        () -> {
          throw new IllegalStateException("broken");
        };
    try (UsageReader reader =
        new UsageReader(List.of(broken, () -> List.of(node(Instant.EPOCH))), Duration.ofHours(1))) {
      reader.start();

      await().until(() -> reader.current().nodes().size() == 2);
      assertThat(reader.current().of("blog"))
          .singleElement()
          .satisfies(node -> assertThat(node.reading()).isNull());
    }
  }

  @Test
  void withoutSourcesNothingIsKnown() {
    try (UsageReader reader = new UsageReader(List.of(), Duration.ofMillis(1))) {
      reader.start();

      assertThat(reader.current()).isEqualTo(IndexUsage.NOTHING_KNOWN);
    }
  }
}
