package dev.logdex.analyzer.postgres;

import dev.logdex.analyzer.doctor.Finding;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;

/** What the role may see, and what it may do beyond that. */
final class RoleExamination {
  private static final String SCRIPT =
      "Plan as the role that deploy/postgres/analysis-role.sql makes.";
  private static final int MERGE = 150000;
  private static final int NAMED = 5;

  private final Session session;
  private final int version;
  private final boolean disposable;

  RoleExamination(Session session, int version, boolean disposable) {
    this.session = session;
    this.version = version;
    this.disposable = disposable;
  }

  private record Role(
      String name, boolean superuser, String powers, int limit, long writable, long foreign) {}

  void addTo(List<Finding> findings) throws SQLException {
    Role role =
        session
            .query(
                SqlFile.EXAMINE_ROLE.text(),
                row ->
                    new Role(
                        row.getString(1),
                        row.getBoolean(2),
                        Objects.requireNonNullElse(row.getString(3), ""),
                        row.getInt(4),
                        row.getLong(5),
                        row.getLong(6)))
            .get(0);
    List<String> unreadable =
        session.query(SqlFile.EXAMINE_UNREADABLE.text(), row -> row.getString(1));
    session.rollback();
    findings.add(powers(role));
    findings.add(reading(role, unreadable));
    findings.add(kinds(role));
  }

  private Finding powers(Role role) {
    if (role.superuser) {
      return Finding.warn(
          "role",
          role.name + " is a superuser: functions that planning runs may do anything",
          disposable ? "Let no one else use this copy. " + SCRIPT : SCRIPT);
    }
    if (role.writable > 0) {
      return Finding.warn("role", role.name + " may write " + role.writable + " tables", SCRIPT);
    }
    if (!role.powers.isEmpty()) {
      return Finding.warn("role", role.name + " may do more than look: " + role.powers, SCRIPT);
    }
    if (role.foreign > 0) {
      return Finding.warn(
          "role",
          role.name + " may read " + role.foreign + " foreign tables, which can call elsewhere",
          SCRIPT);
    }
    return Finding.ok("role", role.name + " may look and nothing else");
  }

  private static Finding reading(Role role, List<String> unreadable) {
    if (unreadable.isEmpty()) {
      return Finding.ok("reading", role.name + " may read all tables");
    }
    List<String> named = unreadable.subList(0, Math.min(NAMED, unreadable.size()));
    String more = unreadable.size() > NAMED ? " and " + (unreadable.size() - NAMED) + " more" : "";
    return Finding.fail(
        "reading",
        role.name + " may not read " + String.join(", ", named) + more,
        "GRANT pg_read_all_data TO "
            + role.name
            + " (14 and newer), or USAGE on the schemas and"
            + " SELECT on the tables; statements on them get no index until then.");
  }

  private Finding kinds(Role role) {
    String merge = version < MERGE ? "; MERGE is unknown to this version" : "";
    if (role.superuser || role.writable > 0) {
      return Finding.ok(
          "statement kinds", "SELECT, INSERT, UPDATE and DELETE can be planned" + merge);
    }
    return Finding.ok(
        "statement kinds",
        "SELECT is planned as it stands, and UPDATE, DELETE and INSERT … SELECT as the query that"
            + " finds their rows, since the role may not write; MERGE, a query within SET and a"
            + " WITH that changes rows are not planned"
            + merge);
  }
}
