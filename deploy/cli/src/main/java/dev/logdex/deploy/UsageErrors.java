package dev.logdex.deploy;

import dev.logdex.deploy.terminal.Terminal;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what is wrong with the command line and where the right use is told. */
record UsageErrors(Terminal terminal) implements IParameterExceptionHandler {
  @Override
  public int handleParseException(ParameterException error, String[] args) {
    CommandLine line = error.getCommandLine();
    boolean top = line.getParent() == null;
    terminal.note(line.getCommandSpec().qualifiedName() + ": " + message(error, top));
    suggestions(error).forEach(like -> terminal.note("  Did you mean " + like + "?"));
    terminal.note("  Try 'logdex help" + (top ? "" : " " + line.getCommandName()) + "'.");
    return ExitCode.USAGE;
  }

  private static String message(ParameterException error, boolean top) {
    return top && error instanceof UnmatchedArgumentException unmatched
        ? "there is no command '" + unmatched.getUnmatched().get(0) + "'"
        : String.valueOf(error.getMessage());
  }

  private static List<String> suggestions(ParameterException error) {
    return error instanceof UnmatchedArgumentException unmatched
        ? unmatched.getSuggestions().stream().limit(1).toList()
        : List.of();
  }
}
