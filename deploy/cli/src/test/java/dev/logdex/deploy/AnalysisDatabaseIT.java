package dev.logdex.deploy;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logdex.analyzer.database.DatabaseAddress;
import dev.logdex.embedded.ItParts;
import dev.logdex.embedded.PostgresServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AnalysisDatabaseIT {
  private final PostgresServer server = ItParts.postgres();
  private String database;

  @BeforeEach
  void createDatabase() {
    database = server.createDatabase("check");
  }

  @AfterEach
  void dropDatabase() {
    server.dropDatabase(database);
  }

  @Test
  void hypopgIsNotCreatedUnasked() {
    AnalysisDatabase analysed = at(server.superuserUrl(database));
    assertThatThrownBy(() -> analysed.check(false))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("CREATE EXTENSION hypopg")
        .hasMessageContaining("--create-extension");
    assertThatThrownBy(() -> analysed.check(false)).isInstanceOf(CommandFailure.class);
  }

  @Test
  void hypopgIsCreatedWhenAskedFor() {
    AnalysisDatabase analysed = at(server.superuserUrl(database));
    analysed.check(true);
    assertThatCode(() -> analysed.check(false)).doesNotThrowAnyException();
  }

  @Test
  void aMissingDatabaseIsNamed() {
    assertThatThrownBy(() -> at(server.superuserUrl("nowhere")).check(false))
        .hasMessageContaining("nowhere")
        .hasMessageContaining("after the last slash");
  }

  @Test
  void aWrongPasswordIsNotRepeated() {
    String url = server.superuserUrl(database).replaceAll("password=[^&]*", "password=not-this");
    assertThatThrownBy(() -> at(url).check(false))
        .hasMessageContaining("~/.pgpass")
        .hasMessageNotContaining("not-this");
  }

  @Test
  void aServerThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> at("postgresql://127.0.0.1:9/x").check(false))
        .hasMessageContaining("127.0.0.1:9")
        .hasMessageContaining("postgresql://user:password@host:port/database");
  }

  private static AnalysisDatabase at(String url) {
    return new AnalysisDatabase(DatabaseAddress.parse(url));
  }
}
