package dev.logdex.analyzer.postgres;

import dev.logdex.analyzer.database.DatabaseAddress;
import dev.logdex.analyzer.doctor.Finding;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Looks at an analysis database with the eyes of the role that is to plan on it: whether Logdex can
 * work there, how well, and how safely. It changes nothing.
 */
public final class DatabaseExamination {
  private static final int OLDEST = 120000;
  private static final int NEWEST = 190000;
  private static final long CLOCK_TOLERANCE_SECONDS = 60;
  private static final int FREE_CONNECTIONS = 3;
  private static final double MEGABYTE = 1e6;

  private final DatabaseAddress address;
  private final Timeouts timeouts;
  private final boolean disposable;
  private final Clock clock;
  private final List<Finding> findings = new ArrayList<>();

  private DatabaseExamination(
      DatabaseAddress address, Timeouts timeouts, boolean disposable, Clock clock) {
    this.address = address;
    this.timeouts = timeouts;
    this.disposable = disposable;
    this.clock = clock;
  }

  /**
   * Examines a database.
   *
   * @param disposable whether it is marked as a disposable copy
   * @param clock this machine's
   */
  public static List<Finding> examine(
      DatabaseAddress address, Timeouts timeouts, boolean disposable, Clock clock) {
    DatabaseExamination examination = new DatabaseExamination(address, timeouts, disposable, clock);
    try (Session session = Session.connect(address, timeouts, true)) {
      examination.findings.add(Finding.ok("connection", "it answers"));
      examination.examine(session);
    } catch (SQLException e) {
      examination.findings.add(Connections.failure(e));
    }
    return List.copyOf(examination.findings);
  }

  private record Server(
      int version,
      String versionText,
      boolean replica,
      long bytes,
      double epochSeconds,
      int maxConnections,
      int connections,
      boolean counts,
      int backend) {
    static Server read(ResultSet row) throws SQLException {
      return new Server(
          row.getInt(1),
          row.getString(2),
          row.getBoolean(3),
          row.getLong(4),
          row.getDouble(5),
          row.getInt(6),
          row.getInt(7),
          row.getBoolean(8),
          row.getInt(9));
    }
  }

  private void examine(Session session) throws SQLException {
    Server server = session.query(SqlFile.EXAMINE_SERVER.text(), Server::read).get(0);
    long ownSeconds = clock.instant().getEpochSecond();
    session.rollback();
    findings.add(version(server));
    pooler(server);
    findings.add(connections(server));
    findings.add(clock(server, ownSeconds));
    hypopg(session, server);
    new RoleExamination(session, server.version, disposable).addTo(findings);
    new StatisticsExamination(session, server.counts).addTo(findings);
    findings.add(settings(session));
    findings.add(use(server));
    session.rollback();
  }

  private static Finding version(Server server) {
    String found = "Postgres " + server.versionText;
    if (server.version < OLDEST) {
      return Finding.fail("version", found, "Use Postgres 12 or newer for the analysis database.");
    }
    return server.version >= NEWEST
        ? Finding.warn(
            "version",
            found + " is newer than this Logdex",
            "Plans of newer servers may have nodes that Logdex does not know; look for an update.")
        : Finding.ok("version", found);
  }

  /** Two clients of one server process at a time are only possible through a pooler. */
  private void pooler(Server server) {
    try (Session other = Session.connect(address, timeouts, true)) {
      int backend = other.query(SqlFile.EXAMINE_SERVER.text(), Server::read).get(0).backend;
      other.rollback();
      findings.add(
          backend == server.backend
              ? Finding.fail(
                  "pooler",
                  "two connections share one server process: there is a transaction pooler",
                  "Give the address of the server itself; hypothetical indexes live in a"
                      + " connection.")
              : Finding.ok("pooler", "connections go to the server itself"));
    } catch (SQLException e) {
      findings.add(Finding.skipped("pooler", "no second connection: " + SqlErrors.describe(e)));
    }
  }

  private static Finding connections(Server server) {
    int free = server.maxConnections - server.connections;
    String found = server.connections + " of " + server.maxConnections + " connections are in use";
    return free < FREE_CONNECTIONS
        ? Finding.warn("connections", found, "Raise max_connections or close some; Logdex needs 2.")
        : Finding.ok("connections", found);
  }

  private static Finding clock(Server server, long ownSeconds) {
    long difference = Math.abs(Math.round(server.epochSeconds) - ownSeconds);
    return difference > CLOCK_TOLERANCE_SECONDS
        ? Finding.warn(
            "clock",
            "the server's clock is " + difference + " s off this machine's",
            "Set both clocks by NTP; what is said of the age of statistics is wrong until then.")
        : Finding.ok("clock", "agrees with this machine's");
  }

  private record Hypopg(
      @Nullable String version, @Nullable String schema, @Nullable String available) {}

  private void hypopg(Session session, Server server) throws SQLException {
    Hypopg hypopg =
        session
            .query(
                SqlFile.EXAMINE_HYPOPG.text(),
                row -> new Hypopg(row.getString(1), row.getString(2), row.getString(3)))
            .get(0);
    session.rollback();
    if (hypopg.version == null || hypopg.schema == null) {
      int major = server.version / 10000;
      findings.add(
          Finding.fail(
              "HypoPG",
              hypopg.available == null
                  ? "the server does not have it"
                  : "it is on the server but not in this database",
              hypopg.available == null
                  ? "Install postgresql-"
                      + major
                      + "-hypopg (Debian, Ubuntu) or hypopg_"
                      + major
                      + " (Red Hat) on the server, then run CREATE EXTENSION hypopg here."
                  : "As a superuser of the database, run CREATE EXTENSION hypopg"
                      + (server.replica ? " on the primary." : ".")));
      return;
    }
    String schema = hypopg.schema;
    try {
      session.query(SqlFile.RESET_INDEXES.text(schema), row -> "");
      session.rollback();
      findings.add(hypopgVersion(hypopg.version));
    } catch (SQLException e) {
      session.rollback();
      findings.add(
          Finding.fail(
              "HypoPG",
              "its functions cannot be called: " + SqlErrors.describe(e),
              "Run deploy/postgres/analysis-role.sql again, which grants them, or reinstall it."));
    }
  }

  private static Finding hypopgVersion(String version) {
    String found = "version " + version;
    if (atLeast(version, 1, 4, 4)) {
      return Finding.ok("HypoPG", found);
    }
    if (atLeast(version, 1, 4, 0)) {
      return Finding.ok(
          "HypoPG",
          found + "; a failed EXPLAIN spoils the session before 1.4.4, so Logdex reconnects");
    }
    return Finding.warn(
        "HypoPG",
        found
            + " cannot hide indexes (1.4.0) and is spoiled by a failed EXPLAIN (1.4.4), after which"
            + " Logdex reconnects",
        "Install HypoPG 1.4.4 or newer and run ALTER EXTENSION hypopg UPDATE, or mark a disposable"
            + " copy (disposable.copies).");
  }

  static boolean atLeast(String version, int... wanted) {
    String[] parts = version.split("\\.", -1);
    for (int i = 0; i < wanted.length; i++) {
      String digits = i < parts.length ? parts[i].replaceAll("\\D.*", "") : "";
      int part = digits.isEmpty() ? 0 : Integer.parseInt(digits);
      if (part != wanted[i]) {
        return part > wanted[i];
      }
    }
    return true;
  }

  private record Setting(String name, String value, String usual, boolean onOrOff) {}

  private static Finding settings(Session session) throws SQLException {
    List<Setting> settings =
        session.query(
            SqlFile.EXAMINE_SETTINGS.text(),
            row ->
                new Setting(
                    row.getString(1),
                    row.getString(2),
                    Objects.requireNonNullElse(row.getString(3), ""),
                    row.getBoolean(4)));
    session.rollback();
    if (settings.isEmpty()) {
      return Finding.warn(
          "planner settings",
          "all are as Postgres comes",
          "Set them as in production, random_page_cost and effective_cache_size above all: plans"
              + " and costs depend on them.");
    }
    String list =
        String.join(
            ", ",
            settings.stream()
                .map(each -> each.name + "=" + each.value + " (else " + each.usual + ")")
                .toList());
    return settings.stream().anyMatch(each -> each.onOrOff && each.name.startsWith("enable_"))
        ? Finding.warn("planner settings", list, "Plan methods that are off are not considered.")
        : Finding.ok("planner settings", list + "; they should be production's");
  }

  private Finding use(Server server) {
    String size = String.format(Locale.ROOT, "%.1f MB", server.bytes / MEGABYTE);
    if (server.replica && disposable) {
      return Finding.fail(
          "use",
          size + ", a replica, which is marked as a disposable copy",
          "Nothing can be built on a replica: take it out of disposable.copies.");
    }
    if (server.replica) {
      return Finding.ok("use", size + ", a replica: HypoPG works, and nothing can be built");
    }
    return Finding.ok(
        "use",
        size
            + (disposable
                ? ", marked as a disposable copy: indexes may be built and undone"
                : ", not marked as a disposable copy: GIN and GiST are not tried"));
  }
}
