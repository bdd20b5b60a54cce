package dev.logdex.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class SettingOptionsTest {
  @TempDir private Path folder;

  @Test
  void theCommandLineWinsOverTheEnvironmentAndThatOverTheFile() throws IOException {
    String file = file("threads=1\nquiet.time=PT1S\nstate.dir=/file\n");
    Map<String, String> settings =
        of(
            Map.of("LOGDEX_QUIET_TIME", "PT2S", "LOGDEX_STATE_DIR", "/environment"),
            "--config",
            file,
            "-s",
            "state.dir=/given");
    assertThat(settings)
        .isEqualTo(Map.of("threads", "1", "quiet.time", "PT2S", "state.dir", "/given"));
  }

  @Test
  void oneFileServesAllStages() throws IOException {
    String file = file("threads=2\nblock.bytes=100\nkafka.client.id=me\n");
    assertThat(of(Map.of(), "--config", file))
        .isEqualTo(Map.of("threads", "2", "kafka.client.id", "me"));
  }

  @Test
  void aNameThatNoStageKnowsIsKeptToBeRefused() throws IOException {
    assertThat(of(Map.of(), "--config", file("thread=2\n"))).containsOnlyKeys("thread");
    Run run = Run.logdex("normalizer", "-s", "thread=2");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.notes()).contains("unknown setting thread");
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> of(Map.of(), "--config", folder.resolve("none").toString()))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("none");
  }

  private static Map<String, String> of(Map<String, String> environment, String... args) {
    SettingOptions options = new SettingOptions();
    new CommandLine(options).parseArgs(args);
    return options.of(StageName.NORMALIZER, environment);
  }

  private String file(String content) throws IOException {
    return Files.writeString(folder.resolve("logdex.properties"), content).toString();
  }
}
