package dev.logdex.deploy;

import static java.util.Objects.requireNonNull;

import dev.logdex.deploy.terminal.Amounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A log that was named on the command line.
 *
 * @param name as it was given
 * @param file empty for standard input
 * @param bytes as the file has them, packed or not; 0 for standard input
 */
record LogInput(String name, Optional<Path> file, long bytes) {
  private static final String STANDARD_INPUT = "-";

  LogInput {
    requireNonNull(name, "name");
    requireNonNull(file, "file");
  }

  /**
   * Makes sure that every log can be read, before any of them is.
   *
   * @param names files, and {@code -} for standard input
   * @param note is told what is odd but no obstacle
   * @throws CommandFailure that names the first file that cannot be read, and what to do
   */
  static List<LogInput> check(List<String> names, Consumer<String> note) {
    Map<Object, LogInput> distinct = new LinkedHashMap<>();
    for (String name : names) {
      LogInput input = name.equals(STANDARD_INPUT) ? standardInput() : ofFile(name);
      if (distinct.putIfAbsent(input.identity(), input) != null) {
        note.accept(name + " was given twice; it is read once.");
      } else if (input.isEmptyFile()) {
        note.accept(name + " is empty.");
      }
    }
    return new ArrayList<>(distinct.values());
  }

  /** Whether it is certain that there is nothing to read. */
  boolean isEmptyFile() {
    return file.isPresent() && bytes == 0 && file.filter(Files::isRegularFile).isPresent();
  }

  /** What to say of lines that were too long to be read whole. */
  static String cutNote(String name, long lines, long bytes) {
    return Amounts.count(lines, "line", "lines")
        + " of "
        + name
        + " were longer than can be read; "
        + Amounts.bytes(bytes)
        + " were cut off.";
  }

  private static LogInput standardInput() {
    return new LogInput(STANDARD_INPUT, Optional.empty(), 0);
  }

  private static LogInput ofFile(String name) {
    Path path = path(name);
    if (Files.isDirectory(path)) {
      throw new CommandFailure(
          name
              + " is a directory.\n  Give the log files in it, for example "
              + path.resolve("*.log"));
    }
    if (Files.notExists(path)) {
      throw new CommandFailure("There is no file " + name + ".");
    }
    if (!Files.isReadable(path)) {
      throw new CommandFailure(
          name
              + " may not be read by this user.\n  Pipe it in as one who may: sudo cat "
              + name
              + " | logdex … -");
    }
    try {
      return new LogInput(name, Optional.of(path), Files.size(path));
    } catch (IOException e) {
      throw new CommandFailure("Cannot read " + name + ": " + e.getMessage(), e);
    }
  }

  private static Path path(String name) {
    try {
      return Path.of(name);
    } catch (InvalidPathException e) {
      throw new CommandFailure("There can be no file " + name + ".", e);
    }
  }

  private Object identity() {
    try {
      return file.isPresent() ? file.get().toRealPath() : STANDARD_INPUT;
    } catch (IOException e) {
      return name;
    }
  }
}
