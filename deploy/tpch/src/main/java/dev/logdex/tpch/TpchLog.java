package dev.logdex.tpch;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * The queries as a server logs them with {@code log_min_duration_statement = 0} and {@code
 * log_line_prefix = '%m [%p] %u@%d '}: one after the other, again and again.
 */
public final class TpchLog {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final Duration BETWEEN = Duration.ofSeconds(2);
  private static final double LOGGED_MS = 1500;

  private TpchLog() {}

  /**
   * A log of some rounds of all queries.
   *
   * @param database that the lines name
   * @param begin time of the first line
   */
  public static String of(String database, Instant begin, int rounds) {
    StringBuilder log = new StringBuilder();
    Instant at = begin;
    for (int round = 0; round < rounds; round++) {
      for (TpchQuery query : TpchQuery.all()) {
        log.append(TIME.format(at))
            .append(" [4711] tpch@")
            .append(database)
            .append(" LOG:  duration: ")
            .append(String.format(Locale.ROOT, "%.3f", LOGGED_MS))
            .append(" ms  statement: ")
            .append(query.sql().replace("\n", "\n\t"))
            .append('\n');
        at = at.plus(BETWEEN);
      }
    }
    return log.toString();
  }
}
