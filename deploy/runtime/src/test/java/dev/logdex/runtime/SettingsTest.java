package dev.logdex.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;

class SettingsTest {
  private static final ConfigDef DEFINITION =
      Settings.base()
          .define(
              "quiet.time",
              ConfigDef.Type.STRING,
              "PT3S",
              Settings.duration(),
              ConfigDef.Importance.LOW,
              "How long a backend must be silent.");

  @Test
  void defaultsApplyWhereNothingIsGiven() {
    Settings settings = Settings.parse(DEFINITION, Map.of());

    assertThat(settings.duration("quiet.time")).isEqualTo(Duration.ofSeconds(3));
    assertThat(settings.topicPrefix()).isEqualTo("logdex.");
  }

  @Test
  void everyErrorIsNamedAtOnceWithItsValue() {
    assertThatThrownBy(
            () ->
                Settings.parse(
                    DEFINITION,
                    Map.of(
                        "quiet.time", "3 seconds", "metrics.port", "70000", "quite.time", "PT1S")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("unknown setting quite.time")
        .hasMessageContaining("3 seconds")
        .hasMessageContaining("70000");
  }

  @Test
  void negativeDurationsAreRefused() {
    assertThatThrownBy(() -> Settings.parse(DEFINITION, Map.of("quiet.time", "PT-1S")))
        .hasMessageContaining("must not be negative");
  }

  @Test
  void kafkaSettingsPassThroughWithoutTheirPrefix() {
    Settings settings =
        Settings.parse(
            DEFINITION, Map.of("kafka.security.protocol", "SSL", "bootstrap.servers", "k:1"));

    assertThat(settings.kafkaClient())
        .containsEntry("security.protocol", "SSL")
        .containsEntry("bootstrap.servers", "k:1");
  }

  @Test
  void environmentNamesAreTheSettingsNames() {
    assertThat(
            Settings.fromEnvironment(
                DEFINITION,
                Map.of(
                    "LOGDEX_QUIET_TIME",
                    "PT9S",
                    "LOGDEX_KAFKA_CLIENT_ID",
                    "x",
                    "LOGDEX_HOME",
                    "/")))
        .isEqualTo(Map.of("quiet.time", "PT9S", "kafka.client.id", "x"));
  }
}
