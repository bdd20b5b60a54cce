package dev.logdex.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.logdex.deploy.terminal.Terminal;
import dev.logdex.embedded.ItParts;
import dev.logdex.runtime.Topic;
import dev.logdex.runtime.TopicAdmin;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each thing that the doctor looks at, really made wrong. */
class DoctorIT {
  private static final String ROLE = "logdex_analysis";

  private final String prefix = "dr" + UUID.randomUUID().toString().substring(0, 8) + ".";
  private ScratchDatabase database;

  @BeforeEach
  void create() throws Exception {
    database = ScratchDatabase.create("doctor");
    database.execute(
        """
        CREATE TABLE orders AS SELECT n AS id, n % 100 AS customer FROM generate_series(1, 30000) n;
        CREATE TABLE customers AS SELECT n AS id FROM generate_series(1, 100) n;
        """);
    database.execute("VACUUM (FREEZE, ANALYZE)");
    database.execute(Files.readString(Path.of(script())));
    database.execute("ALTER ROLE " + ROLE + " PASSWORD 's3cret-pw' CONNECTION LIMIT 8");
    TopicAdmin.createMissing(client(), prefix);
  }

  @AfterEach
  void drop() throws SQLException {
    database.execute("DROP OWNED BY " + ROLE);
    database.close();
  }

  private static String script() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("deploy/postgres"))) {
      folder = folder.getParent();
    }
    return folder.resolve("deploy/postgres/analysis-role.sql").toString();
  }

  private static Map<String, Object> client() {
    return Map.of("bootstrap.servers", ItParts.kafka());
  }

  private String roleUrl() {
    return database
        .url()
        .replaceAll("user=[^&]*", "user=" + ROLE)
        .replaceAll("password=[^&]*", "password=s3cret-pw");
  }

  private Run doctor(String url, String... more) {
    String[] arguments = new String[more.length + 7];
    List<String> fixed =
        List.of(
            "doctor",
            "-s",
            "databases=" + url,
            "-s",
            "bootstrap.servers=" + ItParts.kafka(),
            "-s",
            "topic.prefix=" + prefix);
    fixed.toArray(arguments);
    System.arraycopy(more, 0, arguments, fixed.size(), more.length);
    return Run.logdex(arguments);
  }

  private static void assertFinds(Run run, int code, String... texts) {
    assertThat(run.results()).contains(texts);
    assertThat(run.code()).isEqualTo(code);
    assertThat(run.results()).doesNotContain("password=", "s3cret", "\u001b[");
  }

  @Test
  void nothingFailsWhereAllIsAsDocumented() {
    Run run = doctor(roleUrl());
    assertFinds(
        run,
        0,
        "0 failed",
        "Postgres 1",
        ROLE + " may look and nothing else",
        ROLE + " may read all tables",
        "connections go to the server itself",
        "not marked as a disposable copy",
        "cleanup.policy and the other settings are right");
  }

  @Test
  void programsReadItAsJson() throws Exception {
    JsonNode parts = new ObjectMapper().readTree(doctor(roleUrl(), "--json").results());
    assertThat(parts).hasSize(2);
    assertThat(parts.get(1).path("findings").get(0).path("check").asText()).isEqualTo("connection");
    assertThat(parts.get(1).path("findings").get(0).path("state").asText()).isEqualTo("OK");
  }

  @Test
  void aClosedPort() {
    assertFinds(
        doctor("postgresql://127.0.0.1:9/shop"), 1, "fail    connection", "Start the server");
  }

  @Test
  void aWrongPassword() {
    Run run = doctor(roleUrl().replaceAll("password=[^&]*", "password=not-this"));
    assertFinds(run, 1, "fail    connection", "pg_hba.conf");
    assertThat(run.results()).doesNotContain("not-this");
  }

  @Test
  void aDatabaseThatIsNotThere() {
    String url = roleUrl().replace("/" + database.name(), "/nowhere");
    assertFinds(doctor(url), 1, "nowhere", "after the last slash");
  }

  @Test
  void noConnectionLeft() throws SQLException {
    database.execute("ALTER ROLE " + ROLE + " CONNECTION LIMIT 0");
    assertFinds(doctor(roleUrl()), 1, "fail    connection", "connection limit");
  }

  @Test
  void noHypopg() throws SQLException {
    database.execute("DROP EXTENSION hypopg");
    assertFinds(doctor(roleUrl()), 1, "fail    HypoPG", "run CREATE EXTENSION hypopg");
  }

  @Test
  void hypopgThatTheRoleMayNotCall() throws SQLException {
    database.execute("REVOKE EXECUTE ON FUNCTION hypopg_reset() FROM PUBLIC, " + ROLE);
    assertFinds(doctor(roleUrl()), 1, "fail    HypoPG", "SQLSTATE 42501");
  }

  @Test
  void aTableThatTheRoleMayNotRead() throws SQLException {
    database.execute("REVOKE pg_read_all_data FROM " + ROLE);
    database.execute("GRANT SELECT ON customers TO " + ROLE);
    assertFinds(doctor(roleUrl()), 1, "fail    reading", "may not read", "public.orders");
  }

  @Test
  void aSuperuser() {
    assertFinds(doctor(database.url()), 0, "warn    role", "is a superuser", "analysis-role.sql");
  }

  @Test
  void aRoleThatMayWrite() throws SQLException {
    database.execute("GRANT UPDATE ON orders TO " + ROLE);
    assertFinds(doctor(roleUrl()), 0, "warn    role", "may write 1 tables");
  }

  @Test
  void aRoleThatMayCreate() throws SQLException {
    database.execute("GRANT CREATE ON SCHEMA public TO " + ROLE);
    assertFinds(doctor(roleUrl()), 0, "warn    role", "CREATE in schema public");
  }

  @Test
  void foreignTablesThatTheRoleMayRead() throws SQLException {
    database.execute(
        """
        CREATE EXTENSION file_fdw;
        CREATE SERVER files FOREIGN DATA WRAPPER file_fdw;
        CREATE FOREIGN TABLE elsewhere (line text) SERVER files OPTIONS (program 'true');
        """);
    assertFinds(doctor(roleUrl()), 0, "warn    role", "may read 1 foreign tables");
    database.execute("DROP EXTENSION file_fdw CASCADE");
  }

  @Test
  void aTableWithoutStatistics() throws SQLException {
    database.execute("CREATE TABLE fresh AS SELECT 1 AS a FROM generate_series(1, 5000)");
    assertFinds(doctor(roleUrl()), 0, "warn    statistics", "public.fresh", "Run ANALYZE");
  }

  @Test
  void aTableThatHasChanged() throws SQLException {
    database.execute("UPDATE orders SET customer = 0");
    database.execute("SELECT pg_stat_force_next_flush()");
    Run run = doctor(roleUrl());
    assertFinds(run, 0, "warn    statistics", "public.orders");
    assertFinds(run, 0, "warn    visibility", "Run VACUUM");
  }

  @Test
  void planMethodsThatAreOff() throws SQLException {
    database.execute("ALTER DATABASE " + database.name() + " SET enable_indexscan = off");
    assertFinds(doctor(roleUrl()), 0, "warn    planner settings", "enable_indexscan=off");
  }

  @Test
  void aDisposableCopyIsTold() {
    Run run =
        doctor(database.name() + "=" + roleUrl(), "-s", "disposable.copies=" + database.name());
    assertFinds(run, 0, "marked as a disposable copy: indexes may be built");
  }

  @Test
  void aTopicWithTheWrongCleanupPolicy() throws Exception {
    alter(Topic.TABLE_ANALYSES, "cleanup.policy", "delete");
    assertFinds(
        doctor(roleUrl()),
        1,
        "fail    " + prefix + "table-analyses",
        "cleanup.policy is delete",
        "--add-config cleanup.policy=compact");
  }

  @Test
  void aTopicWithAnotherRetention() throws Exception {
    alter(Topic.LOGS, "retention.ms", "1000");
    assertFinds(doctor(roleUrl()), 0, "warn    " + prefix + "logs", "retention.ms is 1000");
  }

  private void alter(Topic topic, String setting, String value) throws Exception {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic.named(prefix));
    AlterConfigOp set =
        new AlterConfigOp(new ConfigEntry(setting, value), AlterConfigOp.OpType.SET);
    try (Admin admin = Admin.create(client())) {
      admin.incrementalAlterConfigs(Map.of(resource, List.of(set))).all().get();
      // a broker hears of it a moment later
      await()
          .until(
              () ->
                  value.equals(
                      admin
                          .describeConfigs(List.of(resource))
                          .values()
                          .get(resource)
                          .get()
                          .get(setting)
                          .value()));
    }
  }

  @Test
  void topicsThatAreNotThere() {
    Run run = doctor(roleUrl(), "-s", "topic.prefix=nothing.");
    assertFinds(run, 0, "warn    nothing.logs", "is not there");
  }

  @Test
  void noKafka() {
    assertFinds(
        doctor(roleUrl(), "-s", "bootstrap.servers=127.0.0.1:9"),
        1,
        "fail    connection",
        "bootstrap.servers");
    assertThat(doctor(roleUrl(), "-s", "bootstrap.servers=127.0.0.1:9", "--no-kafka").code())
        .isZero();
  }

  @Test
  void noDatabase() {
    Run run = Run.logdex("doctor", "--no-kafka");
    assertFinds(run, 1, "none is configured");
  }

  @Test
  void aWrongSettingIsWrongUse() {
    assertThat(Run.logdex("doctor", "-s", "no.such=1").code()).isEqualTo(2);
    assertThat(Run.logdex("doctor", "--no-such").code()).isEqualTo(2);
  }

  @Test
  void helpHasAnExample() {
    Terminal terminal = Terminal.plain(System.out, System.err);
    assertThat(LogdexCommand.commandLine(terminal).getSubcommands().get("doctor").getUsageMessage())
        .contains("Examples:", "logdex doctor");
  }
}
