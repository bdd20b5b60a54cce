package dev.logdex.normalizer;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Writes log lines as a server with Debian's {@code log_line_prefix} does. */
public final class LogLines {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS 'UTC'").withZone(ZoneOffset.UTC);

  private LogLines() {}

  /** A statement of the simple protocol with its duration. */
  public static String statement(String at, double elapsedMs, String sql) {
    return statement(Instant.parse(at), 100, elapsedMs, sql);
  }

  public static String statement(Instant at, int pid, double elapsedMs, String sql) {
    return String.format(
        Locale.ROOT,
        "%s [%d] app@shop LOG:  duration: %.3f ms  statement: %s\n",
        TIME.format(at),
        pid,
        elapsedMs,
        sql.replace("\n", "\n\t"));
  }

  /** A statement of the extended protocol with its parameters. */
  public static String execute(String at, double elapsedMs, String sql, String parameters) {
    return execute(Instant.parse(at), 100, elapsedMs, sql, parameters);
  }

  public static String execute(
      Instant at, int pid, double elapsedMs, String sql, String parameters) {
    String prefix = String.format(Locale.ROOT, "%s [%d] app@shop ", TIME.format(at), pid);
    return String.format(
        Locale.ROOT,
        "%sLOG:  duration: %.3f ms  execute <unnamed>: %s\n%sDETAIL:  parameters: %s\n",
        prefix,
        elapsedMs,
        sql.replace("\n", "\n\t"),
        prefix,
        parameters);
  }
}
