package dev.logdex.tpch;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.trino.tpch.TpchEntity;
import io.trino.tpch.TpchTable;
import java.io.ByteArrayOutputStream;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.function.Consumer;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Fills a database with TPC-H's tables: rows as dbgen makes them, primary keys, statistics, and
 * nothing else. The same scale gives the same rows.
 */
public final class TpchDatabase {
  private static final int CHUNK_BYTES = 1 << 18;
  private static final long PROGRESS_ROWS = 1_000_000;
  private static final int MOST_VACUUMS = 30;

  private final Connection connection;
  private final Consumer<String> progress;

  private TpchDatabase(Connection connection, Consumer<String> progress) {
    this.connection = connection;
    this.progress = progress;
  }

  /**
   * Fills an empty database; leaves one alone that has been filled before.
   *
   * @param url of JDBC, with user and password
   * @param scale 1 is about a gigabyte
   * @param progress told in lines for a person
   */
  public static void fill(String url, double scale, Consumer<String> progress) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url)) {
      connection.setAutoCommit(false);
      TpchDatabase database = new TpchDatabase(connection, progress);
      if (database.isFilled()) {
        progress.accept("the tables are there already");
      } else {
        database.fill(scale);
      }
    }
  }

  private boolean isFilled() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT to_regclass('lineitem') IS NOT NULL")) {
      return row.next() && row.getBoolean(1);
    }
  }

  private void fill(double scale) throws SQLException {
    execute(Resources.read("schema.sql"));
    for (TpchTable<?> table : TpchTable.getTables()) {
      copy(table, scale);
    }
    progress.accept("primary keys");
    execute(Resources.read("keys.sql"));
    connection.commit();
    progress.accept("VACUUM ANALYZE");
    connection.setAutoCommit(true);
    execute("VACUUM ANALYZE");
    for (int i = 0; i < MOST_VACUUMS && !allRowsAreVisible(); i++) {
      execute("SELECT pg_sleep(1)");
      execute("VACUUM ANALYZE");
    }
  }

  /** A snapshot of somebody else, such as an autovacuum worker's, keeps VACUUM from saying so. */
  private boolean allRowsAreVisible() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT coalesce(bool_and(relallvisible >= 0.99 * relpages AND relpages > 0), false)"
                    + " FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace")) {
      rows.next();
      return rows.getBoolean(1);
    }
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private void copy(TpchTable<?> table, double scale) throws SQLException {
    CopyIn copy =
        connection
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyIn("COPY " + table.getTableName() + " FROM STDIN (DELIMITER '|')");
    ByteArrayOutputStream chunk = new ByteArrayOutputStream(2 * CHUNK_BYTES);
    long rows = 0;
    for (TpchEntity row : table.createGenerator(scale, 1, 1)) {
      byte[] line = line(row);
      chunk.write(line, 0, line.length);
      if (chunk.size() >= CHUNK_BYTES) {
        send(copy, chunk);
      }
      if (++rows % PROGRESS_ROWS == 0) {
        progress.accept(table.getTableName() + ": " + rows + " rows");
      }
    }
    send(copy, chunk);
    copy.endCopy();
    progress.accept(String.format(Locale.ROOT, "%s: %d rows", table.getTableName(), rows));
  }

  private static void send(CopyIn copy, ByteArrayOutputStream chunk) throws SQLException {
    copy.writeToCopy(chunk.toByteArray(), 0, chunk.size());
    chunk.reset();
  }

  /** As dbgen writes it, without the delimiter that it puts after the last column. */
  private static byte[] line(TpchEntity row) {
    String line = row.toLine();
    int end = line.endsWith("|") ? line.length() - 1 : line.length();
    return (line.substring(0, end) + "\n").getBytes(UTF_8);
  }
}
