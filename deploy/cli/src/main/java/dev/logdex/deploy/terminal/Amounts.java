package dev.logdex.deploy.terminal;

import java.time.Duration;
import java.util.Locale;

/** Amounts as a person reads them. */
public final class Amounts {
  private static final String[] BYTE_UNITS = {"B", "kB", "MB", "GB", "TB"};

  private Amounts() {}

  /** Bytes in the largest unit of 1024 that keeps the number above one: {@code 22.5 MB}. */
  public static String bytes(long bytes) {
    double amount = bytes;
    int unit = 0;
    while (amount >= 1024 && unit < BYTE_UNITS.length - 1) {
      amount /= 1024;
      unit++;
    }
    return unit == 0
        ? bytes + " B"
        : String.format(Locale.ROOT, "%.1f %s", amount, BYTE_UNITS[unit]);
  }

  /** Milliseconds with a unit that fits: {@code 0.3 ms}, {@code 1.2 s}, {@code 3 min 5 s}. */
  public static String milliseconds(double ms) {
    if (ms < 1000) {
      return String.format(Locale.ROOT, "%.1f ms", ms);
    }
    if (ms < 60_000) {
      return String.format(Locale.ROOT, "%.1f s", ms / 1000);
    }
    return duration(Duration.ofMillis(Math.round(ms)));
  }

  /** Whole seconds: {@code 4 s}, {@code 3 min 5 s}, {@code 2 h 7 min}. */
  public static String duration(Duration duration) {
    long seconds = Math.round(duration.toMillis() / 1000.0);
    if (seconds < 60) {
      return seconds + " s";
    }
    if (seconds < 3600) {
      return seconds / 60 + " min " + seconds % 60 + " s";
    }
    return seconds / 3600 + " h " + seconds % 3600 / 60 + " min";
  }

  /** A whole number with its thousands apart: {@code 200,000}. */
  public static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /** A number and its noun: {@code 1 entry}, {@code 12 entries}. */
  public static String count(long count, String singular, String plural) {
    return count(count) + " " + (count == 1 ? singular : plural);
  }
}
