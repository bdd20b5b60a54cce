package dev.logdex.recommender;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logdex.recommender.recommendation.Limits;
import dev.logdex.recommender.selection.Thresholds;
import java.net.URI;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecommenderConfigTest {
  @Test
  void defaultsAreTheDocumentedOnes() {
    RecommenderConfig config = RecommenderConfig.parse(Map.of());

    assertThat(config.thresholds()).isEqualTo(new Thresholds(0.2, 0.1, 1_000, 0.1, 0.5));
    assertThat(config.limits()).isEqualTo(new Limits(50, 2_000));
    assertThat(config.savingChange()).isEqualTo(0.25);
    assertThat(config.eventSource()).isEqualTo(URI.create("urn:logdex:recommender"));
    assertThat(config.metricsPort()).isEqualTo(-1);
  }

  @ParameterizedTest
  @CsvSource({
    "min.improvement, 1.5",
    "min.statement.improvement, -0.1",
    "table.rows.min, few",
    "saving.change, 0",
    "queries.max, 0",
    "query.max.length, 1000000",
    "event.source, not a uri",
    "event.source, ''",
    "min.improvment, 0.2",
  })
  void badSettingsAreRefusedByName(String name, String value) {
    assertThatThrownBy(() -> RecommenderConfig.parse(Map.of(name, value)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(name);
  }
}
