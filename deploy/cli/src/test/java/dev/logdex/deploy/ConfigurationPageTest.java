package dev.logdex.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigDef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ConfigurationPageTest {
  @Test
  void thePageInTheRepositorySaysWhatTheCodeHas() throws IOException {
    assertThat(repository().resolve("docs/configuration.md"))
        .as("write it anew: ./logdex configuration > docs/configuration.md")
        .hasContent(ConfigurationPage.markdown());
  }

  @ParameterizedTest
  @EnumSource
  void everySettingHasADefaultThatItsOwnRulesAllow(StageName stage) {
    assertThat(stage.definition().configKeys().values())
        .allSatisfy(
            key -> {
              assertThat(key.documentation).as(key.name).endsWith(".");
              if (key.hasDefault() && key.validator != null) {
                key.validator.ensureValid(key.name, key.defaultValue);
              }
            });
  }

  @ParameterizedTest
  @EnumSource
  void theSettingsThatAllStagesShareMeanTheSame(StageName stage) {
    ConfigDef shared = dev.logdex.runtime.Settings.base();
    assertThat(shared.configKeys())
        .allSatisfy(
            (name, key) ->
                assertThat(stage.definition().configKeys().get(name).documentation)
                    .isEqualTo(key.documentation));
  }

  private static Path repository() {
    return Stream.iterate(Path.of("").toAbsolutePath(), Path::getParent)
        .filter(folder -> Files.isDirectory(folder.resolve(".mvn")))
        .findFirst()
        .orElseThrow();
  }
}
