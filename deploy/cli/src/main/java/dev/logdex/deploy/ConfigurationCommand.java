package dev.logdex.deploy;

import dev.logdex.deploy.terminal.Terminal;
import picocli.CommandLine.Command;

@Command(
    name = "configuration",
    description = "Print every setting of every stage, with its default, as Markdown.",
    footer = {"", "Example:", "  logdex configuration > docs/configuration.md"})
final class ConfigurationCommand implements Runnable {
  private final Terminal terminal;

  ConfigurationCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void run() {
    terminal.result(ConfigurationPage.markdown().stripTrailing());
  }
}
