package dev.logdex.recommender.advice;

import java.util.List;
import java.util.Locale;

/** Figures as people read them, the same in every locale. */
public final class Figures {
  private static final List<String> BYTE_UNITS = List.of("kB", "MB", "GB", "TB");

  private Figures() {}

  /** A cost in planner units: 122555.87. */
  public static String cost(double cost) {
    return String.format(Locale.ROOT, "%.2f", cost);
  }

  /** A rate or another figure where the leading digits tell: 0.25, 14.3, 1,250. */
  public static String rate(double rate) {
    if (rate > 0 && rate < 0.01) {
      return "<0.01";
    }
    return String.format(
        Locale.ROOT, rate == Math.rint(rate) || rate >= 100 ? "%,.0f" : "%.2f", rate);
  }

  /** A share of one as a percentage; never rounded up to all or down to nothing. */
  public static String percent(double share) {
    double percent = share * 100;
    if (percent > 99.9 && percent < 100) {
      return ">99.9 %";
    }
    return percent > 0 && percent < 0.1
        ? "<0.1 %"
        : String.format(
            Locale.ROOT,
            (percent >= 10 && percent < 99) || percent == 100 ? "%.0f %%" : "%.1f %%",
            percent);
  }

  /** A size as Postgres's pg_size_pretty counts: 1 kB is 1,024 bytes. */
  public static String bytes(long bytes) {
    double size = bytes;
    String unit = "bytes";
    for (int i = 0; i < BYTE_UNITS.size() && size >= 1024; i++) {
      size /= 1024;
      unit = BYTE_UNITS.get(i);
    }
    return String.format(Locale.ROOT, size >= 100 || unit.equals("bytes") ? "%.0f" : "%.1f", size)
        + " "
        + unit;
  }

  public static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /** {@code 1 query}, {@code 2 queries}. */
  public static String counted(long count, String singular, String plural) {
    return count(count) + " " + (count == 1 ? singular : plural);
  }
}
