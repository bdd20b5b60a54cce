package dev.logdex.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.logdex.embedded.LocalPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files of a real server's collector, which begins another one when one is full. */
@Timeout(300)
class FollowedServerIT {
  private static final int KILLS = 2;
  private static final int TURNS = 600;
  private static final String OURS = " from shop_";
  private static final Map<String, String> SETTINGS =
      Map.of(
          "logging_collector", "on",
          "log_rotation_size", "64kB",
          "log_truncate_on_rotation", "off",
          "log_line_prefix", "%m [%p] %q%u@%d ",
          "log_timezone", "UTC",
          "log_min_duration_statement", "0",
          "shared_preload_libraries", "pg_stat_statements");

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"postgresql-%a.log", "postgresql-%Y-%m-%d_%H%M%S.log"})
  void countsEqualThoseOfTheServer(String fileNames) throws Exception {
    try (LocalPostgres server = start(fileNames);
        Connection application = DriverManager.getConnection(server.superuserUrl("postgres"))) {
      Path data = Path.of(one(application, "SHOW data_directory"));
      assumeTrue(Files.isDirectory(data.resolve("log")), "SKIPPED: the logs are elsewhere");
      prepare(application);
      FollowedLogs logs = new FollowedLogs(folder, data.resolve("log/*.log").toString());
      for (int kill = 0; kill < KILLS; kill++) {
        try (LogdexProcess ingest = logs.follow()) {
          logs.awaitMore(1, ingest);
          run(application);
          ingest.kill();
        }
        run(application);
      }
      try (LogdexProcess normalizer = logs.normalizer();
          LogdexProcess ingest = logs.follow()) {
        awaitCounts(logs, calls(application), normalizer, ingest);
      }
      assertThat(bytes(data.resolve("log"))).isGreaterThan(10 * 64 * 1024);
    }
  }

  private static LocalPostgres start(String fileNames) {
    Map<String, String> environment = new HashMap<>(System.getenv());
    environment.put(LocalPostgres.ADDRESS_VARIABLE, ""); // the settings need a server of its own
    Map<String, String> settings = new HashMap<>(SETTINGS);
    settings.put("log_filename", fileNames);
    return LocalPostgres.start(environment, settings, System.err::println);
  }

  private static void prepare(Connection application) throws SQLException {
    try (Statement statement = application.createStatement()) {
      statement.execute("CREATE EXTENSION pg_stat_statements");
      statement.execute(
          "CREATE TABLE shop_a AS SELECT n AS a, n AS b FROM generate_series(1, 9) n");
      statement.execute("CREATE TABLE shop_b AS SELECT * FROM shop_a");
    }
  }

  /** Statements with values in them, with values beside them, and over several lines. */
  private static void run(Connection application) throws SQLException {
    try (Statement statement = application.createStatement();
        PreparedStatement prepared =
            application.prepareStatement("SELECT a FROM shop_b WHERE b = ?")) {
      for (int turn = 0; turn < TURNS; turn++) {
        statement.execute("SELECT b FROM shop_a WHERE a = " + turn);
        statement.execute("SELECT count(*)\n\tFROM shop_a\n\tWHERE b < " + turn);
        prepared.setInt(1, turn);
        prepared.execute();
      }
    }
  }

  /** What the server has counted, spelled as normalized statements are. */
  private static Map<String, Long> calls(Connection application) throws SQLException {
    Map<String, Long> calls = new TreeMap<>();
    try (Statement statement = application.createStatement();
        ResultSet rows = statement.executeQuery("SELECT query, calls FROM pg_stat_statements")) {
      while (rows.next()) {
        String query = rows.getString(1).toLowerCase(Locale.ROOT).replaceAll("\\s+", " ");
        if (query.startsWith("select") && query.contains(OURS)) {
          calls.merge(query, rows.getLong(2), Long::sum);
        }
      }
    }
    long one = 2L * KILLS * TURNS;
    assertThat(calls.values()).containsExactly(one, one, one);
    return calls;
  }

  private static void awaitCounts(
      FollowedLogs logs, Map<String, Long> expected, LogdexProcess... processes) {
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(
            () -> {
              FollowedLogs.assertAlive(processes);
              Map<String, Long> counted = new TreeMap<>(logs.counted());
              counted.keySet().removeIf(query -> !query.startsWith("select"));
              counted.keySet().removeIf(query -> !query.contains(OURS));
              assertThat(counted).as(() -> FollowedLogs.notes(processes)).isEqualTo(expected);
            });
  }

  private static String one(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getString(1);
    }
  }

  private static long bytes(Path logs) throws IOException {
    try (Stream<Path> files = Files.list(logs)) {
      return files.mapToLong(file -> file.toFile().length()).sum();
    }
  }
}
