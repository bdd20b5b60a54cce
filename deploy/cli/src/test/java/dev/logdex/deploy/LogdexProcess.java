package dev.logdex.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The command in a process of its own, which can be killed. */
final class LogdexProcess implements AutoCloseable {
  private final Process process;
  private final Path results;
  private final Path notes;

  private LogdexProcess(Process process, Path results, Path notes) {
    this.process = process;
    this.results = results;
    this.notes = notes;
  }

  /**
   * Starts the command.
   *
   * @param folder gets what it writes, and is its temporary folder
   */
  static LogdexProcess start(Path folder, String... args) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                // a build in the background ignores Ctrl-C, and so would all that it starts
                "env",
                "--default-signal=INT",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-Djava.io.tmpdir=" + folder,
                "-cp",
                System.getProperty("java.class.path"),
                LogdexCommand.class.getName()));
    command.addAll(List.of(args));
    Path results = Files.createTempFile(folder, "results", ".txt");
    Path notes = Files.createTempFile(folder, "notes", ".txt");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(results.toFile())
            .redirectError(notes.toFile())
            .start();
    return new LogdexProcess(process, results, notes);
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** What it has written to standard output so far. */
  String results() throws IOException {
    return Files.readString(results);
  }

  /** What it has written to standard error so far. */
  String notes() throws IOException {
    return Files.readString(notes);
  }

  /** As {@code kill -9} does. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** As Ctrl-C does. */
  void interrupt() throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
  }

  /** As a service manager does. */
  void terminate() {
    process.destroy();
  }

  /**
   * Waits for its end.
   *
   * @throws IllegalStateException when it has not come in that time
   */
  int exitCode(long seconds) throws InterruptedException, IOException {
    if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
      throw new IllegalStateException("still running: " + notes());
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
