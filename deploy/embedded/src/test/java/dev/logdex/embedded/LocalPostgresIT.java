package dev.logdex.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

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
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class LocalPostgresIT {
  private static final Duration SOON = Duration.ofSeconds(20);

  @Test
  void thePlannerUsesAHypotheticalIndex() throws Exception {
    PostgresServer postgres = ItParts.postgres();
    String database = postgres.createDatabase("smoke");
    try (Connection connection = connect(postgres, database);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE EXTENSION hypopg");
      statement.execute("CREATE TABLE parcel AS SELECT n AS id FROM generate_series(1, 10000) n");
      statement.execute("ANALYZE parcel");
      assertThat(plan(statement)).contains("Seq Scan");
      statement.execute("SELECT hypopg_create_index('CREATE INDEX ON parcel (id)')");
      assertThat(plan(statement)).contains("Index").doesNotContain("Seq Scan");
    }
    postgres.dropDatabase(database);
    assertThatThrownBy(() -> connect(postgres, database)).isInstanceOf(SQLException.class);
  }

  @Test
  void everyDatabaseIsFresh() throws Exception {
    PostgresServer postgres = ItParts.postgres();
    String first = postgres.createDatabase("fresh");
    run(postgres, first, "CREATE TABLE parcel (id int)");
    String second = postgres.createDatabase("fresh");
    assertThat(second).isNotEqualTo(first);
    run(postgres, second, "CREATE TABLE parcel (id int)");
  }

  @Test
  void namesThatNeedQuotingAreRefused() {
    assertThatThrownBy(() -> ItParts.postgres().createDatabase("a\"b"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theServerLogsWhatItIsToldToLogAndNothingOfItselfBeforeThat() throws Exception {
    Map<String, String> settings =
        Map.of("log_statement", "all", "log_line_prefix", "%m [%p] %u@%d ", "work_mem", "5MB");
    try (LocalPostgres postgres = start(settings)) {
      String database = postgres.createDatabase("shop");
      assertThat(database).isEqualTo("shop");
      assertThat(query(postgres, database, "SHOW work_mem")).isEqualTo("5MB");
      Path log = postgres.logFile().orElseThrow();
      await()
          .atMost(SOON)
          .untilAsserted(
              () ->
                  assertThat(log)
                      .content(UTF_8)
                      .containsPattern(
                          "(?m)^[-\\d]+ [:.\\d]+ UTC \\[\\d+] postgres@shop LOG: .* SHOW work_mem")
                      .doesNotContain("FATAL"));
    }
  }

  @Test
  void itIsReachedWithItsPasswordOnly() throws Exception {
    String url = ItParts.postgres().superuserUrl("postgres");
    assertThatThrownBy(() -> DriverManager.getConnection(url.replaceAll("password=[^&]*", "")))
        .isInstanceOf(SQLException.class);
  }

  @Test
  void closingEndsTheServerSoonAndDeletesItsDataAndASecondOneStarts() throws Exception {
    for (int time = 1; time <= 2; time++) {
      LocalPostgres postgres = start(Map.of());
      Path folder = folder(postgres);
      long pid = pid(folder);
      // an idle session must not keep it
      try (Connection idle = connect(postgres, "postgres")) {
        assertThat(idle.isValid(1)).isTrue();
        long begin = System.nanoTime();
        postgres.close();
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(4));
      }
      assertThat(isRunning(pid)).isFalse();
      assertThat(folder).doesNotExist();
      postgres.close();
    }
  }

  @Test
  void killingTheProcessLeavesNoServerAndTheNextStartDeletesItsData(@TempDir Path exchange)
      throws Exception {
    Path written = exchange.resolve("folder");
    Process child = ChildJvm.start(ServerHolder.class, written.toString());
    try {
      await().atMost(Duration.ofMinutes(4)).until(() -> Files.exists(written));
      Path folder = Path.of(Files.readString(written));
      long pid = pid(folder);
      assertThat(isRunning(pid)).isTrue();

      child.destroyForcibly().waitFor();

      await().atMost(SOON).until(() -> !isRunning(pid));
      assertThat(folder).isDirectory();
      start(Map.of()).close();
      assertThat(folder).doesNotExist();
    } finally {
      child.destroyForcibly();
    }
  }

  @Test
  void theServerOutlivesTheThreadThatAskedForIt() throws Exception {
    List<LocalPostgres> started = new ArrayList<>();
    Thread thread = new Thread(() -> started.add(start(Map.of())));
    thread.start();
    thread.join();
    try (LocalPostgres postgres = started.get(0)) {
      await()
          .during(Duration.ofMillis(500))
          .atMost(SOON)
          .until(() -> query(postgres, "postgres", "SELECT 1").equals("1"));
    }
  }

  @Test
  void aGivenServerIsUsedAndLeftAsItWas() throws Exception {
    PostgresServer given = ItParts.postgres();
    String url = given.superuserUrl("postgres");
    String made;
    try (LocalPostgres postgres = startGiven(url)) {
      made = postgres.createDatabase("shop");
      assertThat(made).startsWith("logdex_shop_");
      run(postgres, made, "CREATE EXTENSION hypopg");
      assertThat(postgres.logFile()).isEmpty();
      assertThat(postgres.description()).doesNotContain("password");
    }
    assertThatThrownBy(() -> connect(given, made)).hasMessageContaining("does not exist");
    assertThat(query(given, "postgres", "SELECT 1")).isEqualTo("1");
  }

  @Test
  void aGivenServerThatCannotBeReachedIsNotReplacedByAnother() {
    int nobody = Loopback.freePort();
    assertThatThrownBy(() -> startGiven("postgresql://me:secret@127.0.0.1:" + nobody + "/db"))
        .isInstanceOf(PostgresUnavailableException.class)
        .hasMessageContaining("me@127.0.0.1:" + nobody)
        .hasMessageNotContaining("secret");
  }

  @Test
  void aGivenUserMustBeASuperuser() throws Exception {
    PostgresServer given = ItParts.postgres();
    String visitor = given.createDatabase("visitor");
    run(given, "postgres", "CREATE ROLE " + visitor + " LOGIN PASSWORD 'secret'");
    String url =
        given
            .superuserUrl("postgres")
            .replaceAll("user=[^&]*", "user=" + visitor)
            .replaceAll("password=[^&]*", "password=secret");
    try {
      assertThatThrownBy(() -> startGiven(url)).hasMessageContaining("not a superuser");
    } finally {
      run(given, "postgres", "DROP ROLE " + visitor);
    }
  }

  private static LocalPostgres start(Map<String, String> settings) {
    Map<String, String> environment = new HashMap<>(System.getenv());
    environment.remove(LocalPostgres.ADDRESS_VARIABLE);
    return LocalPostgres.start(environment, settings, line -> {});
  }

  private static LocalPostgres startGiven(String url) {
    return LocalPostgres.start(Map.of(LocalPostgres.ADDRESS_VARIABLE, url), Map.of(), line -> {});
  }

  private static Path folder(LocalPostgres postgres) {
    return postgres.logFile().orElseThrow().getParent();
  }

  private static long pid(Path folder) {
    return Postmaster.pid(folder.resolve("home/data")).orElseThrow();
  }

  private static boolean isRunning(long pid) {
    Optional<ProcessHandle> process = ProcessHandle.of(pid);
    return process.isPresent() && process.get().isAlive();
  }

  private static Connection connect(PostgresServer postgres, String database) throws SQLException {
    return DriverManager.getConnection(postgres.superuserUrl(database));
  }

  private static void run(PostgresServer postgres, String database, String sql)
      throws SQLException {
    try (Connection connection = connect(postgres, database);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String query(PostgresServer postgres, String database, String sql)
      throws SQLException {
    try (Connection connection = connect(postgres, database);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }

  private static String plan(Statement statement) throws SQLException {
    StringBuilder plan = new StringBuilder();
    try (ResultSet lines = statement.executeQuery("EXPLAIN SELECT * FROM parcel WHERE id = 7")) {
      while (lines.next()) {
        plan.append(lines.getString(1)).append('\n');
      }
    }
    return plan.toString();
  }

  /** A process that starts a server, tells where, and waits to be killed. */
  static final class ServerHolder {
    public static void main(String[] args) throws Exception {
      LocalPostgres postgres = start(Map.of());
      Path written = Path.of(args[0] + ".part");
      Files.writeString(written, folder(postgres).toString());
      Files.move(written, Path.of(args[0]));
      Thread.currentThread().join();
    }
  }
}
