package dev.logdex.normalizer.logline;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Prints how many nanoseconds of one core's time a line's prefix costs, and its time, once the
 * prefix is settled; and what a line costs that no prefix fits. Run by hand.
 */
final class PrefixThroughput {
  private static final Map<String, String> PREFIXES =
      Map.of(
          "default", "%m [%p] ",
          "Debian", "%m [%p] %q%u@%d ",
          "RDS", "%t:%r:%u@%d:[%p]:",
          "Heroku",
              " sql_error_code = %e time_ms = \"%m\" pid=\"%p\" proc_start_time=\"%s\""
                  + " session_id=\"%c\" vtid=\"%v\" tid=\"%x\" log_line=\"%l\" %qdatabase=\"%d\""
                  + " connection_source=\"%r\" user=\"%u\" application_name=\"%a\" ",
          "pgBadger", "%t [%p]: [%l-1] user=%u,db=%d,app=%a,client=%h ");

  private static final int LINES = 1024;
  private static final int ROUNDS = 2000;

  private PrefixThroughput() {}

  public static void main(String[] args) {
    for (int round = 0; round < 3; round++) {
      PREFIXES.forEach(
          (name, prefix) ->
              report(name, lines(prefix, "LOG:  duration: 1.234 ms  statement: SEL")));
      report(
          "no log line", lines("", "pg_ctl: could not start server, examine the log output: x, y"));
    }
  }

  private static List<byte[]> lines(String prefix, String text) {
    List<byte[]> lines = new ArrayList<>();
    for (int i = 0; i < LINES; i++) {
      Map<Character, String> values = new HashMap<>(PrintedLine.SESSION);
      String second = String.format(Locale.ROOT, "%02d", i / 20 % 60);
      String millis = String.format(Locale.ROOT, "%03d", i * 50 % 1000);
      values.put('m', "2026-11-21 00:23:" + second + "." + millis + " UTC");
      values.put('t', "2026-11-21 00:23:" + second + " UTC");
      values.put('p', String.valueOf(10_000 + i * 37 % 100));
      values.put('u', i % 3 == 0 ? "app" : "reporting");
      lines.add(PrintedLine.session(prefix, values, text));
    }
    return lines;
  }

  private static void report(String name, List<byte[]> lines) {
    PrefixDetector detector = new PrefixDetector(null, new KnownNames());
    PrefixMatch match = new PrefixMatch();
    byte[] first = PrintedLine.session("%m [%p] ", PrintedLine.SESSION, "LOG:  x");
    for (int i = 0; i < 200; i++) {
      detector.match(first, 0, first.length, false, match);
    }
    long found = 0;
    ThreadMXBean thread = ManagementFactory.getThreadMXBean();
    long start = 0;
    for (int round = -ROUNDS / 2; round < ROUNDS; round++) {
      if (round == 0) {
        start = thread.getCurrentThreadCpuTime();
      }
      for (byte[] line : lines) {
        if (detector.match(line, 0, line.length, false, match)) {
          found += match.textFrom();
        }
      }
    }
    long matched = thread.getCurrentThreadCpuTime() - start;
    start = thread.getCurrentThreadCpuTime();
    for (int round = 0; round < ROUNDS; round++) {
      for (byte[] line : lines) {
        if (detector.match(line, 0, line.length, false, match)) {
          found += read(match);
        }
      }
    }
    long readToo = thread.getCurrentThreadCpuTime() - start;
    System.out.printf(
        Locale.ROOT,
        "%-12s %4d bytes of prefix: %6.1f ns matched, %6.1f ns with time, process and names (%d)%n",
        name,
        match.textFrom(),
        (double) matched / LINES / ROUNDS,
        (double) readToo / LINES / ROUNDS,
        found % 7);
  }

  private static long read(PrefixMatch match) {
    return match.timeMicros(null)
        + match.process().length()
        + match.user().length()
        + match.database().length();
  }
}
