package dev.logdex.deploy;

import dev.logdex.deploy.terminal.Terminal;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Says in a sentence or two why a command failed; the stack trace is for who asks for it. */
record Failures(Terminal terminal, BooleanSupplier verbose) implements IExecutionExceptionHandler {
  @Override
  public int handleExecutionException(Exception failure, CommandLine line, ParseResult parsed) {
    if (OpenParts.isProcessEnding()) {
      // the parts were closed under the command; that is no news to who pressed Ctrl-C
      return ExitCode.SOFTWARE;
    }
    terminal.note("logdex: " + message(failure));
    if (verbose.getAsBoolean()) {
      terminal.note(stackTrace(failure));
    }
    return failure instanceof ConfigException ? ExitCode.USAGE : ExitCode.SOFTWARE;
  }

  private String message(Throwable failure) {
    if (failure instanceof CommandFailure || failure instanceof ConfigException) {
      return String.valueOf(failure.getMessage());
    }
    if (failure instanceof KafkaException) {
      return "Kafka did not do its part: " + describe(failure);
    }
    return "unexpected "
        + describe(failure)
        + (verbose.getAsBoolean() ? "" : "\n  Run it again with --verbose to see where.");
  }

  /** The error and its causes, each once, without where they happened. */
  static String describe(Throwable failure) {
    StringBuilder described = new StringBuilder(sentence(failure));
    String last = described.toString();
    for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
      String next = sentence(cause);
      if (!last.contains(next)) {
        described.append("; caused by ").append(next);
      }
      last = next;
    }
    return described.toString();
  }

  private static String sentence(Throwable failure) {
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }

  private static String stackTrace(Throwable failure) {
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
