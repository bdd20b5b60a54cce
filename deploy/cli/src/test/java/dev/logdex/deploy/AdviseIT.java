package dev.logdex.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.logdex.deploy.pipeline.TopicReader;
import dev.logdex.embedded.EmbeddedKafka;
import dev.logdex.recommender.event.RecommendationEvent;
import dev.logdex.runtime.EventJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
class AdviseIT {
  private static final String BY_CUSTOMER =
      "SELECT id, total FROM orders WHERE customer_id = %d ORDER BY placed_at DESC LIMIT 10";
  private static final String BY_REFERENCE = "SELECT *\n  FROM orders\n WHERE reference = $1";

  private ScratchDatabase database;
  @TempDir private Path folder;

  @BeforeAll
  void createShop() throws SQLException {
    database = ScratchDatabase.create("advise");
    database.execute(
        """
        CREATE TABLE users (id integer PRIMARY KEY, name text NOT NULL);
        INSERT INTO users SELECT n, 'user ' || n FROM generate_series(1, 100) n;
        CREATE TABLE orders (
          id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
          customer_id bigint NOT NULL,
          reference text NOT NULL,
          placed_at timestamptz NOT NULL,
          total numeric NOT NULL
        );
        INSERT INTO orders (customer_id, reference, placed_at, total)
        SELECT n * 7919 % 4, 'R' || n, timestamptz '2026-01-01' + n * interval '1 minute', n % 100
        FROM generate_series(1, 50000) n;
        ANALYZE
        """);
  }

  @AfterAll
  void dropShop() {
    database.close();
  }

  @Test
  void aLogGivesTheIndexesThatItsStatementsLack() throws Exception {
    String log = log("plain.log", this::ordinary);
    Run run = Run.logdex("advise", "--database", database.url(), "--json", log);
    assertThat(run.code()).as(run.notes()).isZero();
    assertThat(definitions(run))
        .containsExactlyInAnyOrder(
            "public.orders USING btree (customer_id, placed_at)",
            "public.orders USING btree (reference)");
    assertThat(run.results()).doesNotContain("R4711");
  }

  @Test
  void eachLineOfJsonIsAnEventWithWhatATicketNeeds() throws Exception {
    String log = log("plain.log", this::ordinary);
    Run run = Run.logdex("advise", "--database", database.url(), "--json", log);
    for (JsonNode event : events(run)) {
      assertThat(event.get("specversion").asText()).isEqualTo("1.0");
      JsonNode data = event.get("data");
      assertThat(data.fieldNames())
          .toIterable()
          .contains(
              "id",
              "state",
              "kind",
              "database",
              "table",
              "ddl",
              "sizeBytes",
              "writeOverhead",
              "queries");
      assertThat(data.get("database").asText()).isEqualTo("shop");
      assertThat(data.get("ddl").asText()).startsWith("CREATE INDEX CONCURRENTLY");
      JsonNode query = data.get("queries").get(0);
      assertThat(query.get("callsPerMinute").asDouble()).isPositive();
      assertThat(query.get("costAfter").asDouble()).isLessThan(query.get("costBefore").asDouble());
    }
  }

  @Test
  void aPersonReadsTheDdlTheReasonsAndTheTotals() throws Exception {
    String log = log("plain.log", this::ordinary);
    Run run = Run.logdex("advise", "--database", database.url(), log);
    assertThat(run.code()).as(run.notes()).isZero();
    assertThat(run.results())
        .contains("CREATE INDEX CONCURRENTLY")
        .contains("Cost: ")
        .contains("small table")
        .contains("130 executions")
        .doesNotContain("R4711");
  }

  @Test
  void aHostileLogSpoilsNeitherTheAdviceNorTheDatabase() throws Exception {
    List<String> before = database.dump();
    String log = log("hostile.log", this::hostile);
    Run run = Run.logdex("advise", "--database", database.url(), log);
    assertThat(run.code()).as(run.notes()).isZero();
    assertThat(run.results())
        .contains("(customer_id, placed_at)")
        .contains("(reference)")
        .contains("not a log line")
        .contains("syntax error")
        .contains("unknown object");
    assertThat(database.dump()).isEqualTo(before);
  }

  @Test
  void theSameLogAgainTellsNothingNew() throws Exception {
    String log = log("again.log", this::ordinary);
    try (EmbeddedKafka kafka = EmbeddedKafka.start()) {
      String[] command = {
        "advise",
        "--json",
        "--bootstrap-servers",
        kafka.bootstrapServers(),
        "--topic-prefix",
        "again.",
        "--database",
        database.url(),
        log
      };
      Run first = Run.logdex(command);
      List<String> told = told(kafka);
      Run second = Run.logdex(command);
      assertThat(second.code()).as(second.notes()).isZero();
      assertThat(second.results()).isNotEmpty().isEqualTo(first.results());
      assertThat(told(kafka)).isEqualTo(told);
    }
  }

  @Test
  void withoutTheExtensionNothingIsRead() throws Exception {
    database.execute("DROP EXTENSION hypopg");
    try {
      String log = log("plain.log", this::ordinary);
      Run run = Run.logdex("advise", "--database", database.url(), log);
      assertThat(run.code()).isEqualTo(1);
      assertThat(run.notes()).contains("CREATE EXTENSION hypopg").doesNotContain("read ");
    } finally {
      database.execute("CREATE EXTENSION hypopg");
    }
  }

  private void ordinary(LogText log) {
    for (int i = 0; i < 60; i++) {
      log.statement(i % 3, 11.5, BY_CUSTOMER.formatted(i % 4))
          .execute(3, 9.25, BY_REFERENCE, "$1 = 'R4711'")
          .after(Duration.ofSeconds(5));
    }
    for (int i = 0; i < 10; i++) {
      log.statement(5, 0.2, "SELECT name FROM users WHERE name = 'user 7'");
    }
  }

  private void hostile(LogText log) {
    ordinary(log);
    log.raw("this line is no log line\n")
        .raw("\u0000\u0001\u00ff\u00fe\u0080 binary \u001b[2J\n")
        .statement(6, 1, "SELECT * FROM no_such_table WHERE a = 1")
        .statement(6, 1, "SELEC * FRM orders")
        .statement(6, 1, "SELECT 1; DROP TABLE users")
        .statement(6, 1, "DELETE FROM users WHERE id < 50")
        .statement(6, 1, "TRUNCATE orders")
        .statement(6, 1, "SELECT '" + "x".repeat(5 * 1024 * 1024) + "' FROM orders")
        .statement(6, 1, "SELECT pg_sleep(10) FROM users; --");
    ordinary(log);
    log.statement(7, 1, "SELECT * FROM orders WHERE reference = 'cut o");
  }

  private interface Content {
    void writeTo(LogText log);
  }

  private String log(String name, Content content) throws IOException {
    Path file = folder.resolve(name);
    try (LogText log = LogText.write(file, "shop")) {
      content.writeTo(log);
    }
    return file.toString();
  }

  private static List<String> definitions(Run run) {
    return events(run).stream()
        .map(event -> event.get("data"))
        .map(data -> data.get("table").asText() + " " + data.get("index").asText())
        .toList();
  }

  private static List<JsonNode> events(Run run) {
    return run.results().lines().map(AdviseIT::json).toList();
  }

  private static JsonNode json(String line) {
    try {
      return EventJson.mapper().readTree(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> told(EmbeddedKafka kafka) {
    List<String> ids = new ArrayList<>();
    try (TopicReader<RecommendationEvent> reader =
        TopicReader.open(
            Map.of("bootstrap.servers", kafka.bootstrapServers()),
            "again.recommendations",
            RecommendationEvent.class)) {
      reader.readToEnd(event -> ids.add(event.id()));
    }
    return ids;
  }
}
