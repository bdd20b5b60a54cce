package dev.logdex.normalizer.logline;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the times that a server prints. Abbreviations of zones go through a fixed table: {@code
 * java.time} would take EST for New York and apply summer time to it.
 */
public final class LogTime {
  /** Minutes east of UTC. Where an abbreviation has several meanings, the most used one. */
  private static final Map<String, Integer> ABBREVIATIONS =
      Map.ofEntries(
          Map.entry("UTC", 0),
          Map.entry("GMT", 0),
          Map.entry("Z", 0),
          Map.entry("UCT", 0),
          Map.entry("WET", 0),
          Map.entry("WEST", 60),
          Map.entry("BST", 60),
          Map.entry("CET", 60),
          Map.entry("MET", 60),
          Map.entry("WAT", 60),
          Map.entry("CEST", 120),
          Map.entry("MEST", 120),
          Map.entry("EET", 120),
          Map.entry("CAT", 120),
          Map.entry("SAST", 120),
          Map.entry("EEST", 180),
          Map.entry("MSK", 180),
          Map.entry("EAT", 180),
          Map.entry("IDT", 180),
          Map.entry("MSD", 240),
          Map.entry("PKT", 300),
          Map.entry("IST", 330),
          Map.entry("WIB", 420),
          Map.entry("WITA", 480),
          Map.entry("HKT", 480),
          Map.entry("AWST", 480),
          Map.entry("WIT", 540),
          Map.entry("JST", 540),
          Map.entry("KST", 540),
          Map.entry("ACST", 570),
          Map.entry("AEST", 600),
          Map.entry("ChST", 600),
          Map.entry("ACDT", 630),
          Map.entry("AEDT", 660),
          Map.entry("NZST", 720),
          Map.entry("NZDT", 780),
          Map.entry("NST", -210),
          Map.entry("NDT", -150),
          Map.entry("ADT", -180),
          Map.entry("AST", -240),
          Map.entry("EDT", -240),
          Map.entry("EST", -300),
          Map.entry("CDT", -300),
          Map.entry("CST", -360),
          Map.entry("MDT", -360),
          Map.entry("MST", -420),
          Map.entry("PDT", -420),
          Map.entry("PST", -480),
          Map.entry("AKDT", -480),
          Map.entry("AKST", -540),
          Map.entry("HDT", -540),
          Map.entry("HST", -600),
          Map.entry("SST", -660));

  private static final int MAX_ZONE_BYTES = 10;

  private LogTime() {}

  /**
   * The instant of {@code 2026-11-21 00:23:45[.389] ZONE}. A numeric offset is exact and is taken
   * as it is; else the configured zone wins over the abbreviation, which then only tells the two
   * passes through an hour of autumn apart.
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
        offset(local, new String(line, zoneFrom, Math.max(0, to - zoneFrom), US_ASCII), zone);
    return offset == null ? null : local.toInstant(offset);
  }

  /** The instant of {@code 1795220632.992}. */
  static Instant parseEpoch(byte[] line, int from, int to) {
    String text = new String(line, from, to - from, US_ASCII);
    int dot = text.indexOf('.');
    long seconds = Long.parseLong(text, 0, Math.min(dot, 18), 10);
    return Instant.ofEpochSecond(seconds).plusMillis(Long.parseLong(text.substring(dot + 1)));
  }

  /** Where {@code 2026-11-21 00:23:45} (or with a T) ends; negative when it does not stand here. */
  public static int endOfSeconds(byte[] line, int from, int to) {
    if (to - from < 19) {
      return -1;
    }
    boolean marks =
        line[from + 4] == '-'
            && line[from + 7] == '-'
            && (line[from + 10] == ' ' || line[from + 10] == 'T')
            && line[from + 13] == ':'
            && line[from + 16] == ':';
    if (!marks) {
      return -1;
    }
    boolean digits =
        Bytes.digits(line, from, from + 4) == from + 4
            && twoDigits(line, from + 5)
            && twoDigits(line, from + 8)
            && twoDigits(line, from + 11)
            && twoDigits(line, from + 14)
            && twoDigits(line, from + 17);
    return digits ? from + 19 : -1;
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

  private static int endOfFraction(byte[] line, int seconds, int to) {
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

  private static @Nullable ZoneOffset offset(
      LocalDateTime local, String printed, @Nullable ZoneId zone) {
    if (!printed.isEmpty() && (printed.charAt(0) == '+' || printed.charAt(0) == '-')) {
      return numeric(printed);
    }
    Integer minutes = ABBREVIATIONS.get(printed);
    ZoneOffset byTable = minutes == null ? null : ZoneOffset.ofTotalSeconds(minutes * 60);
    if (zone == null) {
      return byTable;
    }
    var valid = zone.getRules().getValidOffsets(local);
    if (valid.isEmpty()) {
      return zone.getRules().getOffset(local);
    }
    return byTable != null && valid.contains(byTable) ? byTable : valid.get(0);
  }

  private static @Nullable ZoneOffset numeric(String printed) {
    String digits = printed.substring(1).replace(":", "");
    if (digits.length() < 2 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return null;
    }
    int hours = Integer.parseInt(digits, 0, 2, 10);
    int minutes = digits.length() < 4 ? 0 : Integer.parseInt(digits, 2, 4, 10);
    int seconds = hours * 3600 + minutes * 60;
    if (seconds > ZoneOffset.MAX.getTotalSeconds()) {
      return null;
    }
    return ZoneOffset.ofTotalSeconds(printed.charAt(0) == '-' ? -seconds : seconds);
  }

  private static boolean twoDigits(byte[] line, int from) {
    return Bytes.isDigit(line[from]) && Bytes.isDigit(line[from + 1]);
  }
}
