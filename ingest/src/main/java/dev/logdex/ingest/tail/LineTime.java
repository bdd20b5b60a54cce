package dev.logdex.ingest.tail;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The time that a line says, found without knowing the line's form: as {@code %m}, {@code %t},
 * csvlog, jsonlog and syslog's long form write it, or {@code %n}. Good enough to find a place in a
 * file, not to count by: a zone's abbreviation other than UTC and GMT is taken as UTC.
 */
final class LineTime {
  private static final int LOOKED_AT = 256;

  private static final Pattern DATE_TIME =
      Pattern.compile(
          "(\\d{4}-\\d\\d-\\d\\d)[ T](\\d\\d:\\d\\d:\\d\\d(?:\\.\\d{1,9})?)"
              + " ?(Z|[A-Z]{2,5}|[+-]\\d\\d(?::?\\d\\d)?)?");

  /** Of the years 2001 to 2286. */
  private static final Pattern EPOCH =
      Pattern.compile("(?<![\\d.])([1-9]\\d{9})\\.(\\d{3})(?![\\d.])");

  private LineTime() {}

  /**
   * The time.
   *
   * @param bytes hold the line from an index on
   * @return null when the line's beginning shows none; so it is with continuation lines
   */
  static @Nullable Instant of(byte[] bytes, int from, int end) {
    if (from >= end || bytes[from] == '\t') {
      return null;
    }
    String text = new String(bytes, from, Math.min(LOOKED_AT, end - from), ISO_8859_1);
    Matcher dateTime = DATE_TIME.matcher(text);
    if (dateTime.find()) {
      return parsed(dateTime);
    }
    Matcher epoch = EPOCH.matcher(text);
    return epoch.find()
        ? Instant.ofEpochSecond(
            Long.parseLong(epoch.group(1)), Long.parseLong(epoch.group(2)) * 1_000_000)
        : null;
  }

  private static @Nullable Instant parsed(Matcher found) {
    try {
      return LocalDateTime.parse(found.group(1) + "T" + found.group(2))
          .toInstant(offset(found.group(3)));
    } catch (DateTimeException e) { // digits in the form of a date that are none
      return null;
    }
  }

  private static ZoneOffset offset(@Nullable String zone) {
    return zone == null || Character.isLetter(zone.charAt(0))
        ? ZoneOffset.UTC
        : ZoneOffset.of(zone);
  }
}
