package dev.logdex.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logdex.deploy.terminal.Terminal;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class LogdexCommandTest {
  @Test
  void theVersionIsAResult() {
    Run run = Run.logdex("version");
    assertThat(run.code()).isZero();
    assertThat(run.results()).startsWith("logdex ").doesNotContain("${");
    assertThat(run.notes()).isEmpty();
  }

  @Test
  void withoutACommandTheWayToHelpIsTold() {
    Run run = Run.logdex();
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.notes()).contains("which command?").contains("logdex help");
    assertThat(run.results()).isEmpty();
  }

  @Test
  void anUnknownCommandIsNotRunAndTheNearestIsNamed() {
    Run run = Run.logdex("versoin");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.notes()).contains("versoin").contains("Did you mean version?");
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandShowsAnExampleOfItself(String command) {
    String usage = usage(command);
    assertThat(usage).contains("Example").contains("logdex " + command + " ");
  }

  static List<String> commands() {
    return commandLine().getSubcommands().keySet().stream()
        .filter(name -> !name.equals("help"))
        .toList();
  }

  private static String usage(String command) {
    return commandLine().getSubcommands().get(command).getUsageMessage();
  }

  private static CommandLine commandLine() {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    return LogdexCommand.commandLine(Terminal.plain(nowhere, nowhere));
  }
}
