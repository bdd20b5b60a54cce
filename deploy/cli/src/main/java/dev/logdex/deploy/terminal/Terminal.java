package dev.logdex.deploy.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Where a command writes: results to one stream, what it is doing to the other. Only a stream that
 * a person looks at gets colours or a line that changes.
 */
public final class Terminal {
  private static final String CLEAR_LINE = "\r\u001b[K";

  private final PrintStream results;
  private final PrintStream notes;
  private final boolean colouredResults;
  private final boolean liveNotes;
  private boolean statusShown;

  private Terminal(
      PrintStream results, PrintStream notes, boolean colouredResults, boolean liveNotes) {
    this.results = results;
    this.notes = notes;
    this.colouredResults = colouredResults;
    this.liveNotes = liveNotes;
  }

  /** This process's own streams, written as UTF-8 whatever the locale says. */
  public static Terminal ofProcess(Map<String, String> environment) {
    boolean dumb = "dumb".equals(environment.get("TERM"));
    // https://no-color.org: set and not empty, whatever its value
    boolean plain = dumb || !environment.getOrDefault("NO_COLOR", "").isEmpty();
    return new Terminal(
        stream(FileDescriptor.out),
        stream(FileDescriptor.err),
        !plain && isTerminal(1),
        !dumb && isTerminal(2));
  }

  /** Two streams that nobody looks at. */
  public static Terminal plain(PrintStream results, PrintStream notes) {
    return new Terminal(results, notes, false, false);
  }

  /** Whether results may carry colours. */
  public boolean colouredResults() {
    return colouredResults;
  }

  /** A line of the result. */
  public synchronized void result(String line) {
    clearStatus();
    results.println(line);
    results.flush();
  }

  /** A line about what is being done; not part of the result. */
  public synchronized void note(String line) {
    clearStatus();
    notes.println(line);
    notes.flush();
  }

  /** What is being done right now; replaces the last such line, and is left out of a file. */
  public synchronized void status(String line) {
    if (liveNotes) {
      notes.print(CLEAR_LINE + line);
      notes.flush();
      statusShown = true;
    }
  }

  /** Takes the status line away. */
  public synchronized void clearStatus() {
    if (statusShown) {
      notes.print(CLEAR_LINE);
      notes.flush();
      statusShown = false;
    }
  }

  /** Whether whoever read the results has gone, as {@code head} does. */
  public boolean resultsClosed() {
    return results.checkError();
  }

  public String bold(String text) {
    return colouredResults ? "\u001b[1m" + text + "\u001b[0m" : text;
  }

  /** The text in the colour, where colours are shown. */
  public String coloured(Colour colour, String text) {
    return colouredResults && colour != Colour.NONE ? colour.begin + text + "\u001b[0m" : text;
  }

  /** The few colours that can be read on light and on dark ground. */
  public enum Colour {
    NONE(""),
    RED("\u001b[31m"),
    GREEN("\u001b[32m"),
    YELLOW("\u001b[33m"),
    GREY("\u001b[2m");

    private final String begin;

    Colour(String begin) {
      this.begin = begin;
    }
  }

  private static PrintStream stream(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), false, UTF_8);
  }

  @SuppressWarnings("SystemConsoleNull") // where it is never null, a bare guess must do
  private static boolean isTerminal(int descriptor) {
    Path link = Path.of("/proc/self/fd/" + descriptor);
    if (!Files.isSymbolicLink(link)) {
      return System.console() != null;
    }
    try {
      String target = Files.readSymbolicLink(link).toString();
      return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
    } catch (IOException e) {
      return false;
    }
  }
}
