package dev.logdex.recommender.postgres;

import static java.util.Objects.requireNonNull;

import dev.logdex.recommender.usage.IndexFigures;
import dev.logdex.recommender.usage.NodeUsage;
import dev.logdex.recommender.usage.Reading;
import dev.logdex.recommender.usage.TableFigures;
import dev.logdex.recommender.usage.UsageSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Asks production servers themselves: a short read-only transaction on each, of system views alone,
 * under timeouts. A role that may connect is enough; one in pg_monitor sees who follows a primary.
 */
public final class PostgresUsage implements UsageSource {
  private static final String APPLICATION = "logdex";

  /** The first version that knows when an index was last read. */
  private static final int LAST_SCAN_VERSION = 160000;

  /** What lies beyond is not known, so nothing is said of it. */
  private static final int RELATIONS = 100_000;

  private final List<NodeAddress> nodes;
  private final Duration timeout;

  /**
   * A source.
   *
   * @param timeout of connecting, and of each statement
   */
  public PostgresUsage(List<NodeAddress> nodes, Duration timeout) {
    this.nodes = List.copyOf(nodes);
    this.timeout = requireNonNull(timeout, "timeout");
  }

  @Override
  public List<NodeUsage> read() {
    return nodes.stream().map(this::read).toList();
  }

  private NodeUsage read(NodeAddress node) {
    try (Connection session = DriverManager.getConnection(node.jdbcUrl(), properties(node))) {
      session.setAutoCommit(false);
      session.setReadOnly(true);
      Reading reading = reading(session);
      session.rollback();
      return NodeUsage.read(node.database(), node.toString(), reading);
    } catch (SQLException e) {
      return NodeUsage.unknown(node.database(), node.toString(), failure(e));
    }
  }

  /**
   * Errors of connecting and of system views tell of hosts, users and databases, not of secrets.
   */
  private static String failure(SQLException e) {
    return Objects.requireNonNullElse(e.getMessage(), "").lines().findFirst().orElse("")
        + " (SQLSTATE "
        + e.getSQLState()
        + ")";
  }

  private Properties properties(NodeAddress node) {
    Properties properties = node.login();
    String seconds = Long.toString(Math.max(1, timeout.toSeconds()));
    properties.putIfAbsent("connectTimeout", seconds);
    properties.putIfAbsent("loginTimeout", seconds);
    // a server that is gone does not time its statements out
    properties.putIfAbsent("socketTimeout", Long.toString(2 * Math.max(1, timeout.toSeconds())));
    properties.setProperty("ApplicationName", APPLICATION);
    return properties;
  }

  private Reading reading(Connection session) throws SQLException {
    String limit = Long.toString(timeout.toMillis());
    query(session, UsageSql.USAGE_SESSION, row -> "", limit, limit, limit);
    Node node = query(session, UsageSql.USAGE_NODE, PostgresUsage::node).get(0);
    UsageSql indexes =
        node.version >= LAST_SCAN_VERSION ? UsageSql.USAGE_INDEXES_16 : UsageSql.USAGE_INDEXES;
    return Reading.of(
        node.readAt,
        node.countedSince,
        node.replica,
        node.standbys,
        query(session, indexes, PostgresUsage::index, RELATIONS),
        query(session, UsageSql.USAGE_TABLES, PostgresUsage::table, RELATIONS));
  }

  private record Node(
      Instant readAt, @Nullable Instant countedSince, boolean replica, int standbys, int version) {}

  private static Node node(ResultSet row) throws SQLException {
    return new Node(
        requireNonNull(instant(row, 1)),
        instant(row, 2),
        row.getBoolean(3),
        row.getInt(4),
        row.getInt(5));
  }

  private static IndexFigures index(ResultSet row) throws SQLException {
    return new IndexFigures(
        new Reading.Name(row.getString(1), row.getString(2)),
        row.getLong(3),
        instant(row, 4),
        null,
        row.getLong(5),
        row.getObject(6, Double.class));
  }

  private static TableFigures table(ResultSet row) throws SQLException {
    return new TableFigures(
        new Reading.Name(row.getString(1), row.getString(2)),
        row.getObject(3, Double.class),
        instant(row, 4));
  }

  private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  private interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }

  private static <T> List<T> query(
      Connection session, UsageSql sql, RowReader<T> reader, Object... parameters)
      throws SQLException {
    try (PreparedStatement statement = session.prepareStatement(sql.text())) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      try (ResultSet rows = statement.executeQuery()) {
        List<T> read = new ArrayList<>();
        while (rows.next()) {
          read.add(reader.read(rows));
        }
        return read;
      }
    }
  }
}
