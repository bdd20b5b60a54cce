package dev.logdex.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Runs a program of the system to its end. */
final class Command {
  private Command() {}

  /**
   * What a program has done.
   *
   * @param output standard output and standard error together
   */
  record Result(int status, String output) {
    boolean succeeded() {
      return status == 0;
    }

    /** The last lines of the output, where programs tell what went wrong. */
    String outputEnd() {
      List<String> lines = output.strip().lines().toList();
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 10), lines.size()));
    }
  }

  /** Runs a program in the root folder; a program that is not there has failed. */
  static Result run(Duration timeout, List<String> command) {
    return run(timeout, Path.of("/"), command);
  }

  /**
   * Runs a program in a folder; a program that is not there has failed, as has one that takes
   * longer than the timeout.
   */
  static Result run(Duration timeout, Path folder, List<String> command) {
    try {
      // a file, because a pipe would be held open by what the program leaves in the background
      Path output = Files.createTempFile("logdex-", ".out");
      try {
        return run(timeout, folder, command, output);
      } finally {
        Files.deleteIfExists(output);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot run " + command.get(0), e);
    }
  }

  /** A builder with nothing of this process's environment but what programs need to be found. */
  static ProcessBuilder builder(List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command);
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("PG") || name.startsWith("LC_"));
    // programs speak English; initdb makes UTC, or GMT where there are no time zones, the default
    environment.put("LC_ALL", "C");
    environment.put("TZ", "UTC");
    return builder;
  }

  private static Result run(Duration timeout, Path folder, List<String> command, Path output)
      throws IOException {
    Process process;
    try {
      process =
          builder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
    } catch (IOException notFound) {
      return new Result(127, String.valueOf(notFound.getMessage()));
    }
    process.getOutputStream().close();
    try {
      if (!process.waitFor(timeout.toSeconds(), SECONDS)) {
        process.destroyForcibly();
        return new Result(124, command.get(0) + " took longer than " + timeout);
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      return new Result(130, command.get(0) + " was interrupted");
    }
    return new Result(process.exitValue(), read(output));
  }

  private static String read(Path output) throws IOException {
    try (InputStream in = Files.newInputStream(output)) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }
}
