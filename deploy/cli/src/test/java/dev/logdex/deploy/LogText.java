package dev.logdex.deploy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Writes a server's log as Debian configures it, a minute of time after the other, with nothing
 * random in it. Bytes are as they are given, so that broken text can be written, too.
 */
final class LogText implements AutoCloseable {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS", Locale.ROOT);

  private final Writer out;
  private final String database;
  private LocalDateTime time = LocalDateTime.of(2026, 11, 20, 10, 0);

  private LogText(Writer out, String database) {
    this.out = out;
    this.database = database;
  }

  /** Begins a log of one database. */
  static LogText write(Path file, String database) throws IOException {
    BufferedWriter out = Files.newBufferedWriter(file, ISO_8859_1);
    return new LogText(out, database);
  }

  /** A statement with its values in it, run by one of several sessions. */
  LogText statement(int session, double ms, String sql) {
    return entry(session, "LOG:  duration: " + milliseconds(ms) + " ms  statement: " + sql);
  }

  /** A statement with its values beside it. */
  LogText execute(int session, double ms, String sql, String parameters) {
    entry(session, "LOG:  duration: " + milliseconds(ms) + " ms  execute <unnamed>: " + sql);
    return entry(session, "DETAIL:  parameters: " + parameters);
  }

  /** One entry of a session. */
  LogText entry(int session, String message) {
    return raw(
        TIME.format(time)
            + " UTC ["
            + (1000 + session)
            + "] app@"
            + database
            + " "
            + message.replace("\n", "\n\t")
            + "\n");
  }

  /** Anything. */
  LogText raw(String text) {
    try {
      out.write(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  LogText after(Duration duration) {
    time = time.plus(duration);
    return this;
  }

  @Override
  public void close() throws IOException {
    out.close();
  }

  private static String milliseconds(double ms) {
    return String.format(Locale.ROOT, "%.3f", ms);
  }
}
