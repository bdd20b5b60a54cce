package dev.logdex.normalizer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import dev.logdex.embedded.LocalPostgres;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * A Postgres of its own that writes one run to stderr, csvlog and jsonlog at once. Files are read
 * through the server, so that it does not matter where it runs.
 */
final class RecordedServer implements AutoCloseable {
  static final String DATABASE = "shop";
  private static final String LAST = "SELECT 'the last statement'";
  private static final Map<String, String> SETTINGS =
      Map.of(
          "log_destination", "stderr,csvlog,jsonlog",
          "logging_collector", "on",
          "log_rotation_size", "0",
          "log_rotation_age", "0",
          "log_timezone", "UTC",
          "log_connections", "on",
          "log_disconnections", "on",
          "shared_preload_libraries", "pg_stat_statements",
          "pg_stat_statements.track", "top",
          "pg_stat_statements.track_utility", "on");

  private final LocalPostgres postgres;
  private final Connection quiet;

  private RecordedServer(LocalPostgres postgres, Connection quiet) {
    this.postgres = postgres;
    this.quiet = quiet;
  }

  static RecordedServer start(Map<String, String> settings) throws SQLException {
    Map<String, String> environment = new HashMap<>(System.getenv());
    environment.put(LocalPostgres.ADDRESS_VARIABLE, "");
    Map<String, String> all = new HashMap<>(SETTINGS);
    all.putAll(settings);
    LocalPostgres postgres = LocalPostgres.start(environment, all, System.err::println);
    try {
      prepare(postgres);
      Connection quiet = DriverManager.getConnection(postgres.superuserUrl("postgres"));
      execute(quiet, "SET log_min_duration_statement = -1");
      execute(quiet, "SET log_statement = none");
      execute(quiet, "SET log_duration = off");
      execute(quiet, "SET pg_stat_statements.track = none");
      execute(quiet, "SET auto_explain.log_min_duration = -1");
      return new RecordedServer(postgres, quiet);
    } catch (SQLException e) {
      postgres.close();
      throw e;
    }
  }

  private static void prepare(LocalPostgres postgres) throws SQLException {
    try (Connection connection = DriverManager.getConnection(postgres.superuserUrl("postgres"))) {
      execute(connection, "CREATE DATABASE " + DATABASE);
      execute(connection, "CREATE DATABASE \"my db-1\"");
      execute(connection, "CREATE ROLE \"svc-report\" LOGIN PASSWORD 'it'");
      execute(connection, "CREATE EXTENSION pg_stat_statements");
    }
    try (Connection connection = DriverManager.getConnection(postgres.superuserUrl(DATABASE))) {
      for (String statement : AwkwardApplication.SCHEMA) {
        execute(connection, statement);
      }
    }
  }

  /** From here on everything counts. */
  void resetStatistics() throws SQLException {
    try (Connection connection = connect("begin", Map.of())) {
      execute(quiet, "SELECT pg_stat_statements_reset()");
      execute(connection, JsonTruth.FIRST);
    }
  }

  Connection connect(String application, Map<String, String> properties) throws SQLException {
    Properties all = new Properties();
    all.putAll(properties);
    all.setProperty("ApplicationName", application);
    return DriverManager.getConnection(postgres.superuserUrl(DATABASE), all);
  }

  /** As a role whose password is {@code it}. */
  Connection connectAs(String user, String database, String application) throws SQLException {
    Properties all = new Properties();
    all.setProperty("user", user);
    all.setProperty("password", "it");
    all.setProperty("ApplicationName", application);
    String url = postgres.superuserUrl(database).replaceFirst("user=[^&]*&password=[^&]*", "");
    return DriverManager.getConnection(url, all);
  }

  /** Runs pgbench with so many transactions in each of 4 clients, when it came with the server. */
  void pgbench(String protocol, int transactions) throws SQLException, IOException {
    Path program =
        Path.of(quietly("SELECT setting FROM pg_config WHERE name = 'BINDIR'"), "pgbench");
    if (!Files.isExecutable(program)) {
      return;
    }
    List<String> command = new ArrayList<>(List.of(program.toString()));
    Stream.of("-n -c 4 -j 2 -M".split(" ")).forEach(command::add);
    command.addAll(List.of(protocol, "-t", Integer.toString(transactions), DATABASE));
    run(command);
  }

  void pgbenchTables() throws SQLException, IOException {
    Path program =
        Path.of(quietly("SELECT setting FROM pg_config WHERE name = 'BINDIR'"), "pgbench");
    if (Files.isExecutable(program)) {
      run(List.of(program.toString(), "-i", "-q", DATABASE));
    }
  }

  private void run(List<String> command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    URI address = URI.create(postgres.superuserUrl(DATABASE).substring("jdbc:".length()));
    Map<String, String> environment = builder.environment();
    environment.put("PGHOST", address.getHost());
    environment.put("PGPORT", Integer.toString(address.getPort()));
    for (String parameter : address.getQuery().split("&", -1)) {
      String[] pair = parameter.split("=", 2);
      environment.put("PG" + pair[0].toUpperCase(Locale.ROOT), pair[1]);
    }
    // packages that were unpacked have their libraries beside them
    Path root = Path.of(command.get(0)).resolve("../../../../..").normalize();
    try (Stream<Path> libraries = Files.list(root.resolve("lib"))) {
      environment.put(
          "LD_LIBRARY_PATH",
          libraries
              .filter(folder -> folder.toString().endsWith("-linux-gnu"))
              .map(Path::toString)
              .reduce("", (a, b) -> a + ":" + b));
    }
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new IOException(command + " failed: " + output);
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  /** One value, without a trace in log or statistics. */
  synchronized String quietly(String query) throws SQLException {
    try (Statement statement = quiet.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getString(1);
    }
  }

  /** What pg_stat_statements has counted. */
  List<JsonTruth.Counted> statistics() throws SQLException {
    List<JsonTruth.Counted> counted = new ArrayList<>();
    try (Statement statement = quiet.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT rolname, datname, queryid, query, calls FROM pg_stat_statements s"
                    + " JOIN pg_roles r ON r.oid = userid JOIN pg_database d ON d.oid = dbid")) {
      while (rows.next()) {
        counted.add(
            new JsonTruth.Counted(
                new JsonTruth.StatementId(rows.getString(1), rows.getString(2), rows.getLong(3)),
                rows.getString(4),
                rows.getLong(5)));
      }
    }
    return counted;
  }

  /** Ends the run: a last statement, by which the files show that they are complete. */
  void end() throws SQLException {
    try (Connection last = connect("end", Map.of())) {
      execute(last, LAST);
    }
  }

  /** The files by form, once all that was logged is in them. */
  Map<String, byte[]> logs() throws SQLException {
    Map<String, byte[]> logs = new HashMap<>();
    for (String form : List.of("stderr", "csvlog", "jsonlog")) {
      await()
          .atMost(Duration.ofSeconds(20))
          .until(
              () ->
                  quietly(
                          "SELECT (right(pg_read_file(f), 4000)"
                              + " LIKE '%the last statement%disconnection%')::text"
                              + " FROM pg_current_logfile('"
                              + form
                              + "') f")
                      .equals("true"));
      logs.put(form, bytes(form));
    }
    return logs;
  }

  private byte[] bytes(String form) throws SQLException {
    try (Statement statement = quiet.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT pg_read_binary_file(pg_current_logfile('" + form + "'))")) {
      rows.next();
      return rows.getBytes(1);
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() throws SQLException {
    quiet.close();
    postgres.close();
  }
}
