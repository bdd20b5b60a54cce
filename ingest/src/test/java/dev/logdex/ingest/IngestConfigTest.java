package dev.logdex.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logdex.ingest.logfile.BlockLimits;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;

class IngestConfigTest {
  @Test
  void defaultsAreThoseOfTheDocumentation() {
    IngestConfig config = IngestConfig.parse(Map.of());

    assertThat(config.shipper().limits()).isEqualTo(new BlockLimits(65_536, 6_291_456));
    assertThat(config.shipper().compression()).isEqualTo("lz4");
    assertThat(config.shipper().followInterval()).isEqualTo(Duration.ofMillis(100));
    assertThat(config.metricsPort()).isEqualTo(-1);
  }

  @Test
  void aLineIsNeverCutShorterThanABlock() {
    IngestConfig config = IngestConfig.parse(Map.of("block.bytes", "1000", "line.bytes", "10"));

    assertThat(config.shipper().limits()).isEqualTo(new BlockLimits(1000, 1000));
  }

  @Test
  void recordsThatTheTopicWouldRefuseCannotBeConfigured() {
    assertThatThrownBy(() -> IngestConfig.parse(Map.of("line.bytes", "9000000")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("line.bytes");
  }
}
