package dev.logdex.deploy;

import dev.logdex.deploy.terminal.Terminal;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The {@code logdex} command. Exit codes: 0 done, 1 failed, 2 used wrongly. */
@Command(
    name = "logdex",
    description = "Turns the log lines that Postgres already writes into index recommendations.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    versionProvider = BuildVersion.class,
    scope = ScopeType.INHERIT,
    sortOptions = false,
    subcommands = {
      DemoCommand.class,
      AdviseCommand.class,
      InspectCommand.class,
      DoctorCommand.class,
      WatchCommand.class,
      DecideCommand.class,
      IngestCommand.class,
      StageCommand.OfNormalizer.class,
      StageCommand.OfAnalyzer.class,
      StageCommand.OfRecommender.class,
      StageCommand.OfWebhook.class,
      ConfigurationCommand.class,
      VersionCommand.class,
      HelpCommand.class
    },
    footer = {
      "",
      "Examples:",
      "  logdex demo",
      "  logdex inspect postgresql.log",
      "  logdex advise --database postgresql://localhost/scratch_copy postgresql.log",
      "",
      "'logdex help COMMAND' says more about a command. Exit codes: 0 done, 1 failed, 2 used wrongly."
    })
public final class LogdexCommand implements Runnable {
  @SuppressWarnings("NullAway.Init") // picocli sets it before it runs the command
  @Spec
  private CommandSpec spec;

  @Option(
      names = "--verbose",
      scope = ScopeType.INHERIT,
      description = "Log what the stages do, and where an error comes from.")
  private boolean verbose;

  LogdexCommand() {}

  public static void main(String[] args) {
    Terminal terminal = Terminal.ofProcess(System.getenv());
    int code = execute(commandLine(terminal), args);
    terminal.clearStatus();
    // other threads must not keep a command alive that has said its result
    System.exit(code);
  }

  private static int execute(CommandLine line, String[] args) {
    try {
      return line.execute(args);
    } catch (LinkageError e) {
      if (OpenParts.isProcessEnding()) {
        // the broker's classes register shutdown hooks as they are loaded, which is too late then
        return CommandLine.ExitCode.SOFTWARE;
      }
      throw e;
    }
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which command?");
  }

  boolean verbose() {
    return verbose;
  }

  /** A stage by itself has nothing to show but its log. */
  private static boolean runsStage(ParseResult parsed) {
    if (!parsed.hasSubcommand()) {
      return false;
    }
    Object command = parsed.subcommand().commandSpec().userObject();
    return command instanceof StageCommand
        || (command instanceof IngestCommand ingest && ingest.listens());
  }

  static CommandLine commandLine(Terminal terminal) {
    CommandLine line = new CommandLine(new LogdexCommand(), new CommandFactory(terminal));
    LogdexCommand command = line.getCommand();
    Help.Ansi ansi = terminal.colouredResults() ? Help.Ansi.ON : Help.Ansi.OFF;
    return line.setCaseInsensitiveEnumValuesAllowed(true)
        .setColorScheme(Help.defaultColorScheme(ansi))
        .setUsageHelpAutoWidth(true)
        .setExecutionStrategy(
            parsed -> {
              Logging.configure(command.verbose() || runsStage(parsed));
              return new RunLast().execute(parsed);
            })
        .setParameterExceptionHandler(new UsageErrors(terminal))
        .setExecutionExceptionHandler(new Failures(terminal, command::verbose));
  }
}
