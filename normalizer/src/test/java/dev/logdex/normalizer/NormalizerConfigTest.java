package dev.logdex.normalizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logdex.normalizer.window.WindowLimits;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NormalizerConfigTest {
  @Test
  void defaultsAreThoseOfTheDocumentation() {
    NormalizerConfig config = NormalizerConfig.parse(Map.of());

    assertThat(config.flow().sources().quietTime()).isEqualTo(Duration.ofSeconds(3));
    assertThat(config.flow().sources().windows()).isEqualTo(WindowLimits.DEFAULT);
    assertThat(config.flow().windowGrace()).isEqualTo(Duration.ofSeconds(10));
    assertThat(config.flow().windowRetention()).isEqualTo(Duration.ofHours(1));
    assertThat(config.flow().caps().windows()).isEqualTo(100_000);
    assertThat(config.log().prefix()).isNull();
    assertThat(config.log().zone()).isNull();
    assertThat(config.applicationId()).isEqualTo("logdex.normalizer");
  }

  @Test
  void whatIsKnownOfTheLogIsPassedOn() {
    NormalizerConfig config =
        NormalizerConfig.parse(
            Map.of("log.line.prefix", "%m [%p] ", "log.timezone", "Europe/Berlin"));

    assertThat(config.log().prefix()).isEqualTo("%m [%p] ");
    assertThat(config.log().zone()).isEqualTo(ZoneId.of("Europe/Berlin"));
  }

  @Test
  void exactlyOnceAndNamesCannotBeTurnedOff() {
    StreamsConfig streams =
        NormalizerConfig.parse(
                Map.of(
                    "kafka.processing.guarantee", "at_least_once",
                    "kafka.application.id", "other",
                    "kafka.ensure.explicit.internal.resource.naming", "false"))
            .streams();

    assertThat(streams.getString("processing.guarantee")).isEqualTo("exactly_once_v2");
    assertThat(streams.getString("application.id")).isEqualTo("logdex.normalizer");
    assertThat(streams.getBoolean("ensure.explicit.internal.resource.naming")).isTrue();
  }

  @Test
  void otherSettingsOfKafkaPassThrough() {
    StreamsConfig streams =
        NormalizerConfig.parse(
                Map.of("kafka.session.timeout.ms", "6000", "kafka.statestore.cache.max.bytes", "1"))
            .streams();

    assertThat(streams.getMainConsumerConfigs("g", "c", 0))
        .containsEntry("session.timeout.ms", "6000");
    assertThat(streams.getLong("statestore.cache.max.bytes")).isEqualTo(1);
  }

  @ParameterizedTest(name = "{0}={1}")
  @CsvSource({
    "window.size, PT0S",
    "quiet.time, 3s",
    "samples, some",
    "samples.max, 6",
    "log.timezone, Mars/Olympus",
    "partials.max, 0",
    "windows.size, PT1M"
  })
  void badValuesAreRefusedByName(String name, String value) {
    assertThatThrownBy(() -> NormalizerConfig.parse(Map.of(name, value)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(name);
  }

  @Test
  void samplesThatAreOffAreNone() {
    assertThat(
            NormalizerConfig.parse(Map.of("samples", "off")).flow().sources().windows().samples())
        .isZero();
  }

  @Test
  void hashedSamplesNeedAKey() {
    assertThatThrownBy(() -> NormalizerConfig.parse(Map.of("samples", "hashed")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("samples.hash.key");
  }

  @Test
  void theKeyOfHashesIsNeverPrinted() {
    NormalizerConfig config =
        NormalizerConfig.parse(Map.of("samples", "hashed", "samples.hash.key", "topsecret"));

    assertThat(config.flow().sources().windows().hashKey()).isEqualTo("topsecret");
    assertThat(config.toString()).doesNotContain("topsecret");
  }
}
