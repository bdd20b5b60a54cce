package dev.logdex.recommender.upkeep;

import static dev.logdex.recommender.AnalysisBuilder.btree;
import static dev.logdex.recommender.AnalysisBuilder.fingerprint;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.logdex.analyzer.event.ColumnFacts;
import dev.logdex.analyzer.event.ExistingIndex;
import dev.logdex.analyzer.event.IndexTies;
import dev.logdex.analyzer.event.Observation;
import dev.logdex.analyzer.event.TableFacts;
import dev.logdex.analyzer.event.TableNeighbours;
import dev.logdex.embedded.ItParts;
import dev.logdex.recommender.AnalysisBuilder;
import dev.logdex.recommender.event.Recommendation;
import dev.logdex.recommender.event.Step;
import dev.logdex.recommender.postgres.NodeAddress;
import dev.logdex.recommender.postgres.PostgresUsage;
import dev.logdex.recommender.usage.IndexUsage;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Hands the statements of other advice to a real Postgres, on a table with an odd name. */
class UpkeepStatementsIT {
  private static final String TABLE = "Größe \"1\"";
  private static final String SQL_TABLE = "\"Größe \"\"1\"\"\"";

  private static String database;
  private static Connection connection;

  @BeforeAll
  static void connect() throws SQLException {
    database = ItParts.postgres().createDatabase("upkeep_it");
    connection = DriverManager.getConnection(ItParts.postgres().superuserUrl(database));
    execute("CREATE TABLE " + SQL_TABLE + " (id int, \"City\" text, zip text, n int)");
    execute(
        "INSERT INTO "
            + SQL_TABLE
            + " SELECT i, 'c' || i % 100, 'z' || i % 100, i FROM generate_series(1, 200000) i");
  }

  @AfterAll
  static void drop() throws SQLException {
    connection.close();
    ItParts.postgres().dropDatabase(database);
  }

  private static AnalysisBuilder table() {
    return AnalysisBuilder.table("shop", "public", TABLE).query("q", "(n = $1)", 1, 100);
  }

  /** As the analyzer reads it. */
  private static ExistingIndex existing(String name, boolean unique, String... columns)
      throws SQLException {
    return new ExistingIndex(
        name,
        btree(columns),
        one("SELECT pg_get_indexdef('" + name + "'::regclass)"),
        unique,
        false,
        one("SELECT indisvalid FROM pg_index WHERE indexrelid = '" + name + "'::regclass")
            .equals("t"),
        1_000_000,
        IndexTies.NONE);
  }

  private static void run(Recommendation advice) throws SQLException {
    for (Step step : advice.steps()) {
      execute(step.sql());
    }
  }

  @Test
  void aRedundantIndexIsDroppedAndComesBackAsItWas() throws SQLException {
    execute("CREATE INDEX short1 ON " + SQL_TABLE + " (\"City\") WITH (fillfactor = 80)");
    execute("CREATE INDEX long1 ON " + SQL_TABLE + " (\"City\", zip)");
    String before = one("SELECT pg_get_indexdef('short1'::regclass)");
    Recommendation advice =
        Indexes.advice(
                Finding.REDUNDANT,
                table()
                    .existing(existing("short1", false, "\"City\""))
                    .existing(existing("long1", false, "\"City\"", "zip"))
                    .build())
            .get(0);

    run(advice);
    assertThat(strings("SELECT indexname FROM pg_indexes WHERE indexname = 'short1'")).isEmpty();

    execute(advice.inverseDdl());
    assertThat(one("SELECT pg_get_indexdef('short1'::regclass)")).isEqualTo(before);
  }

  @Test
  void anInvalidIndexIsMadeAgain() throws SQLException {
    execute("CREATE INDEX broken ON " + SQL_TABLE + " (n)");
    execute("UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'broken'::regclass");

    run(
        Indexes.advice(Finding.INVALID, table().existing(existing("broken", false, "n")).build())
            .get(0));

    assertThat(one("SELECT indisvalid FROM pg_index WHERE indexrelid = 'broken'::regclass"))
        .isEqualTo("t");
  }

  @Test
  void anInvalidUniqueIndexIsValidAfterTheRebuild() throws SQLException {
    execute("CREATE UNIQUE INDEX broken_key ON " + SQL_TABLE + " (id)");
    execute("UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'broken_key'::regclass");

    run(
        Indexes.advice(
                Finding.INVALID, table().existing(existing("broken_key", true, "id")).build())
            .get(0));

    assertThat(one("SELECT indisvalid FROM pg_index WHERE indexrelid = 'broken_key'::regclass"))
        .isEqualTo("t");
  }

  @Test
  void extendedStatisticsMakeTheEstimateRight() throws SQLException {
    execute("ANALYZE " + SQL_TABLE);
    assertThat(estimate()).isLessThan(200);
    Recommendation advice =
        Indexes.advice(
                Finding.CORRELATION,
                table()
                    .observed(
                        new Observation.Misestimate(
                            List.of(fingerprint("q")), List.of("City", "zip"), 20, 2_000))
                    .build())
            .get(0);

    run(advice);

    assertThat(estimate()).isBetween(1_000, 4_000);
    execute(advice.inverseDdl());
    assertThat(strings("SELECT stxname FROM pg_statistic_ext")).isEmpty();
  }

  private static int estimate() throws SQLException {
    String plan =
        one("EXPLAIN SELECT * FROM " + SQL_TABLE + " WHERE \"City\" = 'c7' AND zip = 'z7'");
    return Integer.parseInt(plan.replaceFirst(".*rows=(\\d+).*", "$1"));
  }

  @Test
  void statisticsOfAnExpressionAreTaken() throws SQLException {
    if (connection.getMetaData().getDatabaseMajorVersion() >= 14) {
      Recommendation advice =
          Indexes.advice(
                  Finding.CORRELATION,
                  AnalysisBuilder.table("shop", "public", TABLE)
                      .query("q", "(lower(zip) = $1)", 1, 100)
                      .observed(
                          new Observation.Misestimate(
                              List.of(fingerprint("q")), List.of("zip"), 20, 2_000))
                      .build())
              .get(0);

      run(advice);

      assertThat(strings("SELECT expr FROM pg_stats_ext_exprs")).containsExactly("lower(zip)");
      execute(advice.inverseDdl());
    }
  }

  @Test
  void vacuumAndAnalyzeAreTaken() throws SQLException {
    run(
        Indexes.advice(
                Finding.VISIBILITY,
                table().observed(new Observation.LowVisibility(List.of(), 0.1)).build())
            .get(0));
    Recommendation advice =
        Indexes.advice(
                Finding.STATISTICS,
                table()
                    .facts(
                        new TableFacts(
                            1,
                            1,
                            1,
                            false,
                            0,
                            null,
                            Instant.EPOCH,
                            null,
                            List.of(),
                            TableNeighbours.NONE))
                    .observed(
                        new Observation.Misestimate(
                            List.of(fingerprint("q")), List.of("City"), 20, 2_000))
                    .build())
            .get(0);

    run(advice);
    assertThat(target()).isEqualTo("1000");

    execute(advice.inverseDdl());
    assertThat(target()).isIn("-1", null);
  }

  private static String target() throws SQLException {
    return one(
        "SELECT attstattarget FROM pg_attribute WHERE attname = 'City' AND attrelid = '"
            + SQL_TABLE
            + "'::regclass");
  }

  @Test
  void aBloatedIndexIsFoundByItsFiguresAndGoneAfterTheRebuild() throws SQLException {
    execute("CREATE TABLE bloated (n int) WITH (autovacuum_enabled = off)");
    execute("INSERT INTO bloated SELECT generate_series(1, 300000)");
    execute("CREATE INDEX swollen ON bloated (n)");
    await()
        .untilAsserted(
            () -> {
              execute("DELETE FROM bloated WHERE n % 10 <> 0");
              execute("VACUUM ANALYZE bloated");
              assertThat(bloated()).hasSize(1);
            });
    Recommendation advice = bloated().get(0);
    assertThat(advice.sizeBytes()).isGreaterThan(5L << 20);

    run(advice);

    assertThat(bloated()).isEmpty();
  }

  private static List<Recommendation> bloated() throws SQLException {
    URI uri = URI.create(ItParts.postgres().superuserUrl(database).substring("jdbc:".length()));
    IndexUsage usage =
        new IndexUsage(
            new PostgresUsage(
                    NodeAddress.parseAll(
                        "shop=postgresql://%s:%d/%s?%s"
                            .formatted(uri.getHost(), uri.getPort(), database, uri.getRawQuery())),
                    Duration.ofSeconds(10))
                .read());
    UpkeepPolicy policy =
        new UpkeepPolicy(
            Set.of(Finding.BLOAT), Duration.ZERO, 0, 0.1, 2, 1 << 20, 0.8, Duration.ofDays(7));
    TableFacts facts =
        new TableFacts(
            30_000,
            1 << 20,
            31,
            false,
            0,
            null,
            null,
            null,
            List.of(new ColumnFacts("n", "n", "integer", 4, 30_000, 0, null)),
            TableNeighbours.NONE);
    return new OtherAdvice(policy)
        .of(
            AnalysisBuilder.table("shop", "public", "bloated")
                .facts(facts)
                .existing(existing("swollen", false, "n"))
                .build(),
            usage,
            List.of());
  }

  private static String one(String sql) throws SQLException {
    return strings(sql).get(0);
  }

  private static List<String> strings(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> values = new ArrayList<>();
      while (rows.next()) {
        values.add(rows.getString(1));
      }
      return values;
    }
  }

  private static void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
