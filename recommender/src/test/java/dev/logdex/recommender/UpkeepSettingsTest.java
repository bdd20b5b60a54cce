package dev.logdex.recommender;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logdex.recommender.postgres.PostgresUsage;
import dev.logdex.recommender.prometheus.PrometheusUsage;
import dev.logdex.recommender.upkeep.Finding;
import dev.logdex.recommender.upkeep.UpkeepPolicy;
import dev.logdex.runtime.Settings;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UpkeepSettingsTest {
  private static Settings settings(Map<String, String> given) {
    return Settings.parse(UpkeepSettings.define(Settings.base()), given);
  }

  @Test
  void withoutSettingsEverythingIsLookedForAndNobodyIsAsked() {
    assertThat(UpkeepSettings.policy(settings(Map.of()))).isEqualTo(UpkeepPolicy.DEFAULT);
    assertThat(UpkeepSettings.usageSources(settings(Map.of()))).isEmpty();
    assertThat(UpkeepSettings.usageInterval(settings(Map.of()))).isEqualTo(Duration.ofHours(1));
  }

  @Test
  void kindsAndBoundsCanBeChosen() {
    UpkeepPolicy policy =
        UpkeepSettings.policy(
            settings(Map.of("upkeep.advice", "unused, invalid", "unused.min.age", "P7D")));

    assertThat(policy.kinds()).containsExactlyInAnyOrder(Finding.UNUSED, Finding.INVALID);
    assertThat(policy.unusedMinAge()).isEqualTo(Duration.ofDays(7));
    assertThat(UpkeepSettings.policy(settings(Map.of("upkeep.advice", ""))).kinds()).isEmpty();
  }

  @Test
  void sourcesAreMadeOfWhatIsGiven() {
    assertThat(
            UpkeepSettings.usageSources(
                settings(
                    Map.of(
                        "usage.databases",
                        "shop=postgresql://u:p@db1/shop, shop=postgresql://u:p@db2/shop",
                        "usage.prometheus.url",
                        "http://u:p@prometheus:9090"))))
        .hasExactlyElementsOfTypes(PostgresUsage.class, PrometheusUsage.class);
  }

  @ParameterizedTest
  @CsvSource({
    "upkeep.advice, everything",
    "unused.min.age, 35 days",
    "unused.min.age, PT0S",
    "bloat.factor.min, 1",
    "visibility.min, 80",
    "usage.databases, mysql://u:secret@db1/shop",
    "usage.databases, postgresql://u:se cret@db1/shop",
    "usage.databases, postgresql://u:secret@db1",
    "usage.prometheus.url, prometheus:9090",
  })
  void whatIsWrongIsRefusedWithoutRepeatingSecrets(String name, String value) {
    assertThatThrownBy(() -> settings(Map.of(name, value)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(name)
        .hasMessageNotContaining("cret");
  }
}
