package dev.logdex.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logdex.ingest.tail.StartAt;
import dev.logdex.ingest.tail.TailOptions;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;

class FileSettingsTest {
  @Test
  void nothingIsFollowedUnlessSaid() {
    assertThat(IngestConfig.parse(Map.of()).files().isOn()).isFalse();
  }

  @Test
  void whatIsToBeFollowedIsRead() {
    TailOptions files =
        IngestConfig.parse(
                Map.of(
                    "files.paths", "/logs,/more/*.log",
                    "files.state.dir", "/state",
                    "files.from", "2026-11-21T10:00+01:00",
                    "files.open.max", "7"))
            .files();

    assertThat(files.patterns()).containsExactly("/logs", "/more/*.log");
    assertThat(files.stateFolder()).contains(Path.of("/state"));
    assertThat(files.from()).isEqualTo(new StartAt.Time(Instant.parse("2026-11-21T09:00:00Z")));
    assertThat(files.openMax()).isEqualTo(7);
    assertThat(files.of(List.of("x{1,2}.log"), "db", StartAt.END).patterns())
        .containsExactly("x{1,2}.log");
  }

  @Test
  void aStartThatIsNoneIsNamed() {
    assertThatThrownBy(() -> IngestConfig.parse(Map.of("files.from", "yesterday")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("files.from", "yesterday");
  }
}
