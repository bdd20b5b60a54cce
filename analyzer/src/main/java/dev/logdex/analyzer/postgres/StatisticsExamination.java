package dev.logdex.analyzer.postgres;

import dev.logdex.analyzer.doctor.Finding;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** How good the planner's knowledge of the tables is. */
final class StatisticsExamination {
  private static final int NAMED = 5;
  private static final double OLD_DAYS = 30;
  private static final double CHANGED = 0.2;
  private static final double VISIBLE = 0.8;
  private static final long PAGES_OF_INTEREST = 100;

  private final Session session;
  private final boolean counts;

  StatisticsExamination(Session session, boolean counts) {
    this.session = session;
    this.counts = counts;
  }

  /**
   * A table.
   *
   * @param days since the last ANALYZE; below 0 when not known
   */
  private record Table(
      String name,
      boolean analysed,
      double days,
      double changed,
      long pages,
      long visible,
      long updates) {}

  void addTo(List<Finding> findings) throws SQLException {
    List<Table> tables =
        session.query(
            SqlFile.EXAMINE_STATISTICS.text(),
            row -> {
              double days = row.getDouble(3);
              boolean unknown = row.wasNull();
              return new Table(
                  row.getString(1),
                  row.getBoolean(2),
                  unknown ? -1 : days,
                  row.getDouble(4),
                  row.getLong(5),
                  row.getLong(6),
                  row.getLong(7));
            });
    session.rollback();
    findings.add(statistics(tables));
    findings.add(visibility(tables));
    findings.add(counters(tables));
  }

  private static Finding statistics(List<Table> tables) {
    List<Table> never = tables.stream().filter(table -> !table.analysed).toList();
    if (!never.isEmpty()) {
      return Finding.warn(
          "statistics",
          never.size() + " tables were never analysed, or are empty: " + names(never),
          "Run ANALYZE in the database (a restored dump has no statistics); without them the"
              + " planner guesses.");
    }
    List<Table> changed = matching(tables, table -> table.changed > CHANGED);
    if (!changed.isEmpty()) {
      return Finding.warn(
          "statistics",
          "more than a fifth of the rows changed since ANALYZE: " + names(changed),
          "Run ANALYZE on them.");
    }
    double oldest = tables.stream().mapToDouble(Table::days).max().orElse(-1);
    if (oldest > OLD_DAYS) {
      return Finding.warn(
          "statistics",
          String.format(Locale.ROOT, "the oldest are of %.0f days ago", oldest),
          "Refresh the copy, or run ANALYZE when its data is production's of now.");
    }
    return Finding.ok(
        "statistics",
        tables.size()
            + " tables have them"
            + (oldest < 0
                ? "; how old they are is not known"
                : String.format(Locale.ROOT, "; the oldest are of %.1f days ago", oldest)));
  }

  private static Finding visibility(List<Table> tables) {
    List<Table> dim =
        matching(
            tables,
            table -> table.pages >= PAGES_OF_INTEREST && table.visible < VISIBLE * table.pages);
    return dim.isEmpty()
        ? Finding.ok("visibility", "tables are all-visible enough for index-only scans")
        : Finding.warn(
            "visibility",
            "fewer than 80 % of the pages are all-visible: " + names(dim),
            "Run VACUUM there if production does; INCLUDE columns are not proposed until then.");
  }

  private Finding counters(List<Table> tables) {
    if (!counts) {
      return Finding.warn(
          "counters", "track_counts is off", "Turn it on: the age of statistics is not known.");
    }
    return tables.stream().mapToLong(Table::updates).sum() == 0
        ? Finding.ok(
            "counters", "no update was counted here, so the share of HOT updates is not known")
        : Finding.ok("counters", "updates are counted, those of this database, not of production");
  }

  private static List<Table> matching(List<Table> tables, Predicate<Table> condition) {
    return tables.stream().filter(condition).toList();
  }

  private static String names(List<Table> tables) {
    String named = String.join(", ", tables.stream().limit(NAMED).map(Table::name).toList());
    return tables.size() > NAMED ? named + " and " + (tables.size() - NAMED) + " more" : named;
  }
}
