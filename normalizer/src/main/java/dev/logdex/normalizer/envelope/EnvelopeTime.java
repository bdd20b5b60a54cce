package dev.logdex.normalizer.envelope;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.logdex.normalizer.logline.LogTime;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Reads the times that shippers and daemons print, without a text per line. */
final class EnvelopeTime {
  /** {@code Nov 20 23:54:44} and the blank after it. */
  static final int TRADITIONAL_LENGTH = 16;

  private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";
  private static final int MAX_NUMBER_LENGTH = 32;

  private final @Nullable ZoneId zone;

  /** The day read last: most lines are of the same one. */
  private int lastDate = -1;

  private long lastDay;

  EnvelopeTime(@Nullable ZoneId zone) {
    this.zone = zone;
  }

  /**
   * The instant that a member of a shipper's JSON tells.
   *
   * @param arrivedAt tells the year where the text does not
   * @return null when it is none
   */
  @Nullable Instant read(byte[] text, int from, int to, Instant arrivedAt) {
    if (from < to && digits(text, from, to) == to) {
      return sinceEpoch(text, from, to);
    }
    if (LogTime.endOfSeconds(text, from, to) > 0) {
      return iso(text, from, to);
    }
    if (to - from == TRADITIONAL_LENGTH - 1 && looksTraditional(text, from, to)) {
      return traditional(text, from, arrivedAt);
    }
    return from < to && isDigit(text[from]) ? decimal(text, from, to) : null;
  }

  /** The instant of {@code 2026-11-21T00:25:13.031664+00:00} and its like; null when it is none. */
  @Nullable Instant iso(byte[] line, int from, int to) {
    int seconds = LogTime.endOfSeconds(line, from, to);
    if (seconds < 0) {
      return null;
    }
    int end = seconds;
    int nanos = 0;
    if (end < to && line[end] == '.') {
      end = digits(line, seconds + 1, to);
      for (int digit = 1; digit <= 9; digit++) {
        nanos = nanos * 10 + (seconds + digit < end ? line[seconds + digit] - '0' : 0);
      }
    }
    int offset = offsetSeconds(line, end, to);
    long day = offset == Integer.MIN_VALUE ? Long.MIN_VALUE : day(line, from);
    if (day == Long.MIN_VALUE) {
      return LogTime.parse(line, from, to, zone == null ? ZoneOffset.UTC : zone);
    }
    int ofDay =
        3600 * number(line, from + 11, 2)
            + 60 * number(line, from + 14, 2)
            + number(line, from + 17, 2);
    return Instant.ofEpochSecond(day * 86_400 + ofDay - offset, nanos);
  }

  /** Whether {@code Nov 5 23:54:44} stands here. */
  static boolean looksTraditional(byte[] line, int from, int to) {
    return to - from >= TRADITIONAL_LENGTH - 1
        && line[from + 3] == ' '
        && line[from + 6] == ' '
        && line[from + 9] == ':'
        && line[from + 12] == ':'
        && isDigit(line[from + 5])
        && digits(line, from + 7, to) == from + 9
        && digits(line, from + 10, to) == from + 12
        && digits(line, from + 13, to) == from + 15
        && month(line, from) > 0;
  }

  /** The year is the one that brings the time nearest to its arrival. */
  @Nullable Instant traditional(byte[] line, int from, Instant arrivedAt) {
    ZoneId ofHost = zone == null ? ZoneOffset.UTC : zone;
    int year = LocalDateTime.ofInstant(arrivedAt, ofHost).getYear();
    Instant nearest = null;
    for (int candidate = year - 1; candidate <= year + 1; candidate++) {
      Instant time = inYear(candidate, line, from, ofHost);
      if (time != null && (nearest == null || isNearer(time, nearest, arrivedAt))) {
        nearest = time;
      }
    }
    return nearest;
  }

  private static boolean isNearer(Instant time, Instant than, Instant to) {
    return Math.abs(time.getEpochSecond() - to.getEpochSecond())
        < Math.abs(than.getEpochSecond() - to.getEpochSecond());
  }

  private static @Nullable Instant inYear(int year, byte[] line, int from, ZoneId ofHost) {
    int tens = line[from + 4] == ' ' ? 0 : line[from + 4] - '0';
    try {
      return LocalDateTime.of(
              year,
              month(line, from),
              tens * 10 + (line[from + 5] - '0'),
              number(line, from + 7, 2),
              number(line, from + 10, 2),
              Math.min(59, number(line, from + 13, 2)))
          .atZone(ofHost)
          .toInstant();
    } catch (DateTimeException noSuchDay) {
      return null;
    }
  }

  private static int month(byte[] line, int from) {
    int index = MONTHS.indexOf(new String(line, from, 3, US_ASCII));
    return index >= 0 && index % 3 == 0 ? index / 3 + 1 : 0;
  }

  /** How many digits there are tells the unit: it holds from 2001 to 2286. */
  private static @Nullable Instant sinceEpoch(byte[] text, int from, int to) {
    int length = to - from;
    if (length > 19) {
      return null;
    }
    long value = 0;
    for (int at = from; at < to; at++) {
      value = value * 10 + (text[at] - '0');
    }
    if (value < 0) {
      return null;
    }
    if (length <= 11) {
      return Instant.ofEpochSecond(value);
    }
    long perSecond = length <= 14 ? 1_000 : length <= 17 ? 1_000_000 : 1_000_000_000;
    return Instant.ofEpochSecond(
        value / perSecond, value % perSecond * (1_000_000_000 / perSecond));
  }

  /** Seconds with a fraction, maybe with an exponent. */
  private static @Nullable Instant decimal(byte[] text, int from, int to) {
    if (to - from > MAX_NUMBER_LENGTH) {
      return null;
    }
    try {
      BigDecimal seconds = new BigDecimal(new String(text, from, to - from, US_ASCII));
      if (seconds.precision() - seconds.scale() > 11 || seconds.scale() > 100) {
        return null;
      }
      long whole = seconds.longValue();
      return Instant.ofEpochSecond(
          whole, seconds.subtract(BigDecimal.valueOf(whole)).movePointRight(9).longValue());
    } catch (NumberFormatException notANumber) {
      return null;
    }
  }

  /** East of UTC; the least integer when no plain offset stands there to the end. */
  private static int offsetSeconds(byte[] line, int from, int to) {
    if (to - from == 1 && line[from] == 'Z') {
      return 0;
    }
    boolean colon = to - from == 6 && line[from + 3] == ':';
    if ((colon || to - from == 5) && (line[from] == '+' || line[from] == '-')) {
      int minutesFrom = from + (colon ? 4 : 3);
      if (digits(line, from + 1, to) == from + (colon ? 3 : 5)
          && digits(line, minutesFrom, to) == to) {
        int seconds = 3600 * number(line, from + 1, 2) + 60 * number(line, minutesFrom, 2);
        return line[from] == '-' ? -seconds : seconds;
      }
    }
    return Integer.MIN_VALUE;
  }

  private long day(byte[] line, int from) {
    int year = number(line, from, 4);
    int month = number(line, from + 5, 2);
    int dayOfMonth = number(line, from + 8, 2);
    int date = year * 10_000 + month * 100 + dayOfMonth;
    if (date != lastDate) {
      try {
        lastDay = LocalDate.of(year, month, dayOfMonth).toEpochDay();
        lastDate = date;
      } catch (DateTimeException noSuchDay) {
        return Long.MIN_VALUE;
      }
    }
    return lastDay;
  }

  private static int number(byte[] line, int from, int length) {
    int value = 0;
    for (int at = from; at < from + length; at++) {
      value = value * 10 + (line[at] - '0');
    }
    return value;
  }

  private static int digits(byte[] line, int from, int to) {
    int end = from;
    while (end < to && isDigit(line[end])) {
      end++;
    }
    return end;
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }
}
