package dev.logdex.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServerSettingsTest {
  @Test
  void theCallersSettingsWinAndAreSaidOnce() {
    List<String> arguments =
        ServerSettings.arguments(Map.of("autovacuum", "on", "log_statement", "all"));
    assertThat(arguments)
        .contains("autovacuum=on", "log_statement=all", "fsync=off")
        .doesNotContain("autovacuum=off");
  }

  @Test
  void everySettingIsAnArgumentOfItsOwn() {
    List<String> arguments = ServerSettings.arguments(Map.of("log_line_prefix", "%m [%p] "));
    int setting = arguments.indexOf("log_line_prefix=%m [%p] ");
    assertThat(arguments.get(setting - 1)).isEqualTo("-c");
  }
}
