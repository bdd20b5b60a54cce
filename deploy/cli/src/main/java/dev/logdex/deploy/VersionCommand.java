package dev.logdex.deploy;

import dev.logdex.deploy.terminal.Terminal;
import picocli.CommandLine.Command;

@Command(
    name = "version",
    description = "Say which Logdex this is.",
    footer = {"", "Example:", "  logdex version"})
final class VersionCommand implements Runnable {
  private final Terminal terminal;

  VersionCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void run() {
    terminal.result(new BuildVersion().getVersion()[0]);
  }
}
