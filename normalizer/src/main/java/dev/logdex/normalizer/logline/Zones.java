package dev.logdex.normalizer.logline;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the zones mean that a server prints behind its times. Abbreviations go through a fixed
 * table: {@code java.time} would take EST for New York and apply summer time to it.
 */
final class Zones {
  /**
   * Minutes east of UTC. Where the tz database has an abbreviation with several meanings that are
   * in use, the most used one stands first.
   */
  private static final String TABLE =
      "UTC=0 GMT=0 Z=0 UCT=0 WET=0 WEST=60 CET=60 MET=60 WAT=60 CEST=120 MEST=120 EET=120 CAT=120"
          + " SAST=120 EEST=180 MSK=180 EAT=180 IDT=180 MSD=240 PKT=300 PKST=360 WIB=420 WITA=480"
          + " HKT=480 HKST=540 AWST=480 AWDT=540 WIT=540 JST=540 KST=540 KDT=600 ACST=570 AEST=600"
          + " ChST=600 ACDT=630 AEDT=660 NZST=720 NZDT=780 NST=-210 NDT=-150 ADT=-180 AST=-240"
          + " EDT=-240 EST=-300 MDT=-360 MST=-420 PDT=-420 AKDT=-480 AKST=-540 HDT=-540 HST=-600"
          // India, Ireland's summer, Israel
          + " IST=330,60,120"
          // Britain's summer, Bangladesh, Bougainville
          + " BST=60,360,660"
          // Chicago, China, Cuba
          + " CST=-360,480,-300 CDT=-300,-240,540"
          // Los Angeles, Manila
          + " PST=-480,480"
          // Samoa, Singapore in older releases of the tz database
          + " SST=-660,480"
          // the Gulf, South Georgia, Guam; Armenia, the Amazon; Ecuador, the Caribbean
          + " GST=240,-120,600 AMT=240,-240 ECT=-300,-240";

  private static final Map<String, int[]> ABBREVIATIONS = read();

  private Zones() {}

  /** Whether the abbreviation has several meanings in use. */
  static boolean isAmbiguous(String abbreviation) {
    int[] meanings = ABBREVIATIONS.get(abbreviation);
    return meanings != null && meanings.length > 1;
  }

  /**
   * A numeric offset is exact and is taken as it is; else the configured zone wins over the
   * abbreviation, which then only tells the two passes through an hour of autumn apart.
   *
   * @param printed what stands behind the time; maybe empty
   * @param zone log_timezone, where it is known
   * @return null when nothing tells
   */
  static @Nullable ZoneOffset offset(LocalDateTime local, String printed, @Nullable ZoneId zone) {
    if (!printed.isEmpty() && (printed.charAt(0) == '+' || printed.charAt(0) == '-')) {
      return numeric(printed);
    }
    int[] meanings = ABBREVIATIONS.get(printed);
    if (zone == null) {
      return meanings == null ? null : ZoneOffset.ofTotalSeconds(meanings[0] * 60);
    }
    List<ZoneOffset> valid = zone.getRules().getValidOffsets(local);
    if (valid.isEmpty()) {
      return zone.getRules().getOffset(local);
    }
    return valid.size() == 1 || meanings == null
        ? valid.get(0)
        : ofTwo(valid.get(0), valid.get(1), printed, meanings);
  }

  /** The hour that autumn repeats: first in summer time, then in standard time. */
  private static ZoneOffset ofTwo(
      ZoneOffset summer, ZoneOffset standard, String printed, int[] meanings) {
    boolean maySummer = isAmong(meanings, summer);
    boolean mayStandard = isAmong(meanings, standard);
    boolean isStandard = mayStandard && !(maySummer && printed.endsWith("DT"));
    return isStandard ? standard : summer;
  }

  private static boolean isAmong(int[] meanings, ZoneOffset offset) {
    for (int minutes : meanings) {
      if (offset.getTotalSeconds() == minutes * 60) {
        return true;
      }
    }
    return false;
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

  private static Map<String, int[]> read() {
    Map<String, int[]> read = new HashMap<>();
    for (String row : TABLE.split(" ", -1)) {
      int equals = row.indexOf('=');
      int[] minutes =
          List.of(row.substring(equals + 1).split(",", -1)).stream()
              .mapToInt(Integer::parseInt)
              .toArray();
      read.put(row.substring(0, equals), minutes);
    }
    return read;
  }
}
