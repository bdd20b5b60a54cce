package dev.logdex.normalizer.logline;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads the times of a log's lines as microseconds since 1970. It remembers the last day and the
 * last zone, because the next line nearly always has the same. Not thread-safe.
 */
public final class LogClock {
  /** Stands for a time that cannot be read. */
  public static final long NO_TIME = Long.MIN_VALUE;

  /** Zones change their offset at such instants at the earliest. */
  private static final int OFFSET_HOLDS_SECONDS = 900;

  private static final long MICROS = 1_000_000;
  private static final int MAX_EPOCH_DIGITS = 12;
  private static final int DAY_SECONDS = 86_400;

  // the last date: its text as two numbers, and its day since 1970
  private long yearAndMonth;
  private int dayOfMonth;
  private long epochDay;
  private boolean dayExists;

  // the last zone: its text as a number, where and for which quarter of an hour it was looked up
  private long zoneText = -1;
  private @Nullable ZoneId configured;
  private long quarter = Long.MIN_VALUE;
  private int offsetSeconds;
  private boolean offsetKnown;
  private @Nullable String ambiguous;

  /**
   * Reads {@code 2026-11-21 00:23:45[.389] ZONE}.
   *
   * @param zone log_timezone, where it is known
   * @return {@link #NO_TIME} when the date does not exist or nothing tells the zone
   */
  public long micros(byte[] line, int from, int to, @Nullable ZoneId zone) {
    int seconds = LogTime.endOfSeconds(line, from, to);
    if (seconds < 0) {
      return NO_TIME;
    }
    day(line, from);
    int hour = two(line, from + 11);
    int minute = two(line, from + 14);
    int second = two(line, from + 17); // a leap second is printed as :60
    if (!dayExists || hour > 23 || minute > 59 || second > 60) {
      return NO_TIME;
    }
    long local = epochDay * DAY_SECONDS + hour * 3600L + minute * 60L + second;
    int fractionEnd = LogTime.endOfFraction(line, seconds, to);
    int zoneFrom = fractionEnd < to && line[fractionEnd] == ' ' ? fractionEnd + 1 : fractionEnd;
    offset(line, zoneFrom, to, local, zone);
    return offsetKnown
        ? (local - offsetSeconds) * MICROS + fraction(line, seconds, fractionEnd)
        : NO_TIME;
  }

  /** Reads {@code 1795220632.992}. */
  static long epochMicros(byte[] line, int from, int to) {
    int dot = Bytes.digits(line, from, to);
    if (dot == from || dot - from > MAX_EPOCH_DIGITS) {
      return NO_TIME;
    }
    long seconds = 0;
    for (int at = from; at < dot; at++) {
      seconds = seconds * 10 + (line[at] - '0');
    }
    return seconds * MICROS + fraction(line, dot, to);
  }

  /**
   * An abbreviation that was read with one of several meanings, because no zone is configured; null
   * when there was none.
   */
  public @Nullable String ambiguous() {
    return ambiguous;
  }

  private void day(byte[] line, int from) {
    long text = Bytes.eight(line, from);
    int last = line[from + 8] << 8 | line[from + 9];
    if (text != yearAndMonth || last != dayOfMonth) {
      yearAndMonth = text;
      dayOfMonth = last;
      dayExists = true;
      try {
        int year = Bytes.number(line, from, from + 4);
        epochDay = LocalDate.of(year, two(line, from + 5), two(line, from + 8)).toEpochDay();
      } catch (DateTimeException noSuchDate) {
        dayExists = false;
      }
    }
  }

  private void offset(byte[] line, int from, int to, long local, @Nullable ZoneId zone) {
    int length = Math.max(0, to - from);
    long text = length;
    for (int at = from; at < to && length < Long.BYTES; at++) {
      text = text << 8 | (line[at] & 0xff);
    }
    long quarterNow = Math.floorDiv(local, OFFSET_HOLDS_SECONDS);
    boolean same =
        text == zoneText
            && length < Long.BYTES
            && quarterNow == quarter
            && Objects.equals(zone, configured);
    if (!same) {
      zoneText = text;
      quarter = quarterNow;
      configured = zone;
      String printed = new String(line, from, length, US_ASCII);
      ZoneOffset offset =
          Zones.offset(LocalDateTime.ofEpochSecond(local, 0, ZoneOffset.UTC), printed, zone);
      offsetKnown = offset != null;
      offsetSeconds = offset == null ? 0 : offset.getTotalSeconds();
      if (ambiguous == null && zone == null && Zones.isAmbiguous(printed)) {
        ambiguous = printed;
      }
    }
  }

  private static long fraction(byte[] line, int dot, int end) {
    long micros = 0;
    for (int digit = 1; digit <= 6; digit++) {
      micros = micros * 10 + (dot + digit < end ? line[dot + digit] - '0' : 0);
    }
    return micros;
  }

  private static int two(byte[] line, int from) {
    return (line[from] - '0') * 10 + line[from + 1] - '0';
  }
}
