package dev.logdex.recommender.upkeep;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/**
 * What advice other than a new index is given, and from when on.
 *
 * @param kinds those that are looked for
 * @param unusedMinAge for how long no node may have read an index
 * @param unusedMinBytes smaller indexes are left alone
 * @param maxSlowdown share by which a scan may become dearer when an index goes
 * @param bloatFactor how many times its due size an index takes to be worth rebuilding
 * @param bloatMinBytes that rebuilding must free at least
 * @param lowVisibility share of all-visible pages in production below which VACUUM is advised
 * @param statisticsMaxAge of a table's statistics in production
 */
public record UpkeepPolicy(
    Set<Finding> kinds,
    Duration unusedMinAge,
    long unusedMinBytes,
    double maxSlowdown,
    double bloatFactor,
    long bloatMinBytes,
    double lowVisibility,
    Duration statisticsMaxAge) {
  public static final UpkeepPolicy DEFAULT =
      new UpkeepPolicy(
          EnumSet.allOf(Finding.class),
          Duration.ofDays(35),
          32 * 1024,
          0.10,
          2,
          100L << 20,
          0.8,
          Duration.ofDays(7));

  public UpkeepPolicy {
    kinds = Set.copyOf(kinds);
    requireNonNull(unusedMinAge, "unusedMinAge");
    requireNonNull(statisticsMaxAge, "statisticsMaxAge");
  }

  /** The same with only these kinds of advice. */
  public UpkeepPolicy only(Set<Finding> someKinds) {
    return new UpkeepPolicy(
        someKinds,
        unusedMinAge,
        unusedMinBytes,
        maxSlowdown,
        bloatFactor,
        bloatMinBytes,
        lowVisibility,
        statisticsMaxAge);
  }
}
