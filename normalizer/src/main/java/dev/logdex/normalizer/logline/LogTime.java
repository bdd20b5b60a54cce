package dev.logdex.normalizer.logline;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Reads the times that a server prints; what its zones mean stands in {@link Zones}. */
public final class LogTime {
  private static final long DATE_DIGITS = 0xffffffff00ffff00L;
  private static final long DATE_MARKS = 0x000000002d00002dL;
  private static final long CLOCK_DIGITS = 0xffff00ffff00ffffL;
  private static final long CLOCK_MARKS = 0x00003a00003a0000L;
  private static final int MAX_ZONE_BYTES = 10;

  private LogTime() {}

  /**
   * The instant of {@code 2026-11-21 00:23:45[.389] ZONE}.
   *
   * @param zone log_timezone, where it is known
   * @return null when the date does not exist or nothing tells the zone
   */
  public static @Nullable Instant parse(byte[] line, int from, int to, @Nullable ZoneId zone) {
    int seconds = endOfSeconds(line, from, to);
    if (seconds < 0) {
      return null;
    }
    int fractionEnd = endOfFraction(line, seconds, to);
    LocalDateTime local = localTime(line, from, nanos(line, seconds, fractionEnd));
    if (local == null) {
      return null;
    }
    int zoneFrom = fractionEnd < to && line[fractionEnd] == ' ' ? fractionEnd + 1 : fractionEnd;
    ZoneOffset offset =
        Zones.offset(local, new String(line, zoneFrom, Math.max(0, to - zoneFrom), US_ASCII), zone);
    return offset == null ? null : local.toInstant(offset);
  }

  /** Where {@code 2026-11-21 00:23:45} (or with a T) ends; negative when it does not stand here. */
  public static int endOfSeconds(byte[] line, int from, int to) {
    if (to - from < 19 || line[from + 4] != '-') {
      return -1;
    }
    byte between = line[from + 10];
    boolean fits =
        Bytes.fits(Bytes.eight(line, from), DATE_DIGITS, DATE_MARKS)
            && Bytes.isDigit(line[from + 8])
            && Bytes.isDigit(line[from + 9])
            && (between == ' ' || between == 'T')
            && Bytes.fits(Bytes.eight(line, from + 11), CLOCK_DIGITS, CLOCK_MARKS);
    return fits ? from + 19 : -1;
  }

  /** Where a blank and a zone (letters, or a sign and digits) end; negative when there is none. */
  static int endOfZone(byte[] line, int from, int to) {
    if (from + 1 >= to || line[from] != ' ') {
      return Shape.NO_VALUE;
    }
    int limit = Math.min(to, from + 1 + MAX_ZONE_BYTES);
    byte first = line[from + 1];
    if (first == '+' || first == '-') {
      int end = Bytes.digits(line, from + 2, limit);
      return end - from >= 4 ? end : Shape.NO_VALUE;
    }
    int end = Bytes.letters(line, from + 1, limit);
    return end > from + 1 ? end : Shape.NO_VALUE;
  }

  static int endOfFraction(byte[] line, int seconds, int to) {
    return seconds < to && line[seconds] == '.' ? Bytes.digits(line, seconds + 1, to) : seconds;
  }

  private static int nanos(byte[] line, int dot, int end) {
    int nanos = 0;
    for (int digit = 1; digit <= 9; digit++) {
      nanos = nanos * 10 + (dot + digit < end ? line[dot + digit] - '0' : 0);
    }
    return nanos;
  }

  private static @Nullable LocalDateTime localTime(byte[] line, int from, int nanos) {
    int second = Bytes.number(line, from + 17, from + 19);
    try {
      LocalDateTime minute =
          LocalDateTime.of(
              Bytes.number(line, from, from + 4),
              Bytes.number(line, from + 5, from + 7),
              Bytes.number(line, from + 8, from + 10),
              Bytes.number(line, from + 11, from + 13),
              Bytes.number(line, from + 14, from + 16));
      // a leap second is printed as :60
      return second > 60 ? null : minute.plusSeconds(second).plusNanos(nanos);
    } catch (DateTimeException noSuchDate) {
      return null;
    }
  }
}
