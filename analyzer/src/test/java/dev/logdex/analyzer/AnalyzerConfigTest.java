package dev.logdex.analyzer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logdex.runtime.Settings;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;

class AnalyzerConfigTest {
  private static AnalyzerConfig config(Map<String, String> given) {
    return AnalyzerConfig.of(Settings.parse(AnalyzerConfig.definition(), given));
  }

  @Test
  void hasADefaultForEverything() {
    AnalyzerConfig config = config(Map.of());
    assertThat(config.databases()).isEmpty();
    assertThat(config.lookBack()).isEqualTo(Duration.ofHours(24));
    assertThat(config.roundSettle()).isEqualTo(Duration.ofSeconds(2));
    assertThat(config.roundMaxDelay()).isEqualTo(Duration.ofSeconds(30));
    assertThat(config.timeouts().statement()).isEqualTo(Duration.ofSeconds(5));
    assertThat(config.limits().smallTableRows()).isEqualTo(1000);
    assertThat(config.limits().candidates()).isEqualTo(200);
  }

  @Test
  void readsDatabasesWithAndWithoutName() {
    AnalyzerConfig config =
        config(Map.of("databases", "postgresql://ann@db/shop, crm=jdbc:postgresql://db/copy"));
    assertThat(config.databases())
        .extracting(address -> address.logName() + " " + address.database())
        .containsExactly("null shop", "crm copy");
  }

  @Test
  void aBadAddressIsRefusedWithoutRepeatingIt() {
    assertThatThrownBy(() -> config(Map.of("databases", "mysql://ann:secret@db/shop")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("databases")
        .message()
        .doesNotContain("secret");
  }

  @Test
  void twoAddressesForOneDatabaseAreRefused() {
    assertThatThrownBy(
            () -> config(Map.of("databases", "postgresql://a/shop,shop=postgresql://b/copy")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("shop");
  }
}
