package dev.logdex.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A column that is updated all the time and asked for now and then. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
class HotColumnIT {
  private ScratchDatabase database;
  @TempDir private Path folder;

  @BeforeAll
  void createSessions() throws SQLException {
    database = ScratchDatabase.create("hot");
    database.execute(
        """
        CREATE TABLE sessions (
          id integer PRIMARY KEY, account integer NOT NULL, seen integer NOT NULL
        ) WITH (fillfactor = 70);
        INSERT INTO sessions SELECT n, n % 5000, n % 4000 FROM generate_series(1, 50000) n;
        ANALYZE sessions
        """);
  }

  @AfterAll
  void drop() {
    database.close();
  }

  @Test
  void theIndexThatWouldEndHeapOnlyUpdatesIsNotProposedUnderBalancedAndTheReasonIsTold()
      throws Exception {
    Run run = advise("balanced");

    assertThat(run.code()).as(run.notes()).isZero();
    assertThat(run.results().replaceAll("\\s+", " "))
        .contains("USING btree (account)")
        .doesNotContain("USING btree (seen);")
        .contains("USING btree (seen) would help, but more updates would stop being heap-only");
  }

  @Test
  void whoTakesTheTableForReadOptimisedGetsItWithWhatItCosts() throws Exception {
    Run run = advise("read-optimised");

    assertThat(run.results().replaceAll("\\s+", " "))
        .contains("ON public.sessions USING btree (seen);")
        .containsPattern("Up to [0-9.]+ updates a minute would stop being heap-only");
  }

  @Test
  void theEventOfAnotherIndexOfTheTableNamesTheLimit() throws Exception {
    Run run =
        Run.logdex(
            "advise",
            "--database",
            database.url(),
            "--set",
            "selection.preset=balanced",
            "--json",
            log());

    assertThat(run.results().lines().filter(line -> line.contains("(account)")))
        .singleElement()
        .asString()
        .contains("\"limits\":[\"heap-only updates that recommended indexes may end\"]");
  }

  private Run advise(String preset) throws IOException {
    return Run.logdex(
        "advise", "--database", database.url(), "--set", "selection.preset=" + preset, log());
  }

  /** In each of ten minutes 120 updates of the column and 12 queries for it. */
  private String log() throws IOException {
    Path file = folder.resolve("hot.log");
    try (LogText log = LogText.write(file, "shop")) {
      for (int i = 0; i < 1200; i++) {
        log.statement(1, 0.1, "UPDATE sessions SET seen = seen + 1 WHERE id = " + i);
        if (i % 10 == 0) {
          log.statement(2, 4, "SELECT * FROM sessions WHERE seen = " + i)
              .statement(3, 4, "SELECT * FROM sessions WHERE account = " + i);
        }
        log.after(Duration.ofMillis(500));
      }
    }
    return file.toString();
  }
}
