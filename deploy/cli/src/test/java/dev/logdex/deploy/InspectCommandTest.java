package dev.logdex.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.logdex.runtime.EventJson;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectCommandTest {
  private static final String LOG =
      """
      2026-11-20 23:54:44.068 UTC [71] app@shop LOG:  duration: 12.500 ms  statement: SELECT *
      \tFROM orders
      \tWHERE id = 7
      2026-11-20 23:54:44.071 UTC [72] app@shop LOG:  duration: 2.000 ms  execute <unnamed>: SELECT name FROM customers WHERE email = $1
      2026-11-20 23:54:44.071 UTC [72] app@shop DETAIL:  parameters: $1 = 'secret@example.com'
      2026-11-20 23:54:44.080 UTC [71] app@shop LOG:  duration: 7.500 ms  statement: select * from orders where id = 8
      2026-11-20 23:54:44.087 UTC [73] app@shop ERROR:  relation "nowhere" does not exist at character 15
      2026-11-20 23:54:44.087 UTC [73] app@shop STATEMENT:  SELECT * FROM nowhere
      pg_ctl: this is no log line
      """;

  @TempDir private Path folder;

  @Test
  void theJsonHasWhatWasUnderstoodAndWhatWasNot() throws IOException {
    JsonNode report = json(Run.logdex("inspect", "--json", file("a.log", LOG)));
    assertThat(report.get("entries").asLong()).isEqualTo(4);
    assertThat(report.get("executions").asLong()).isEqualTo(3);
    assertThat(report.get("errors").asLong()).isEqualTo(1);
    assertThat(report.get("deadLetters").toString()).isEqualTo("{\"NOT_A_LOG_LINE\":1}");
    assertThat(report.get("format").asText()).isEqualTo("stderr");
    assertThat(report.get("prefix").asText()).isEqualTo("%m [%p] %q%u@%d ");
  }

  @Test
  void entriesAreToldOneByOneWhenAskedFor() throws IOException {
    Run run = Run.logdex("inspect", "--entries", file("a.log", LOG));
    assertThat(run.results().lines().map(line -> line.replaceFirst(",.*", "")))
        .containsExactly(
            "{\"what\":\"entry\"",
            "{\"what\":\"execution\"",
            "{\"what\":\"entry\"",
            "{\"what\":\"execution\"",
            "{\"what\":\"entry\"",
            "{\"what\":\"execution\"",
            "{\"version\":1",
            "{\"what\":\"entry\"",
            "{\"what\":\"event\"");
    assertThat(run.results().lines().skip(3).findFirst().orElseThrow())
        .contains("\"parameters\":[\"secret@example.com\"]");
  }

  @Test
  void theStatementThatTookMostTimeComesFirst() throws IOException {
    JsonNode statements =
        json(Run.logdex("inspect", "--json", file("a.log", LOG))).get("fingerprints");
    assertThat(statements).hasSize(3); // the last one was never executed, it only failed
    JsonNode first = statements.get(0);
    assertThat(first.get("fingerprint").asText()).matches("[0-9a-f]{16}");
    assertThat(first.get("text").asText()).isEqualTo("select * from orders where id = $1");
    assertThat(first.get("database").asText()).isEqualTo("shop");
    assertThat(first.get("user").asText()).isEqualTo("app");
    assertThat(first.get("calls").asLong()).isEqualTo(2);
    assertThat(first.get("totalTimeMs").asDouble()).isEqualTo(20.0);
  }

  @Test
  void neitherFormTellsAParameter() throws IOException {
    String file = file("a.log", LOG);
    assertThat(Run.logdex("inspect", "--json", file).results()).doesNotContain("secret");
    assertThat(Run.logdex("inspect", file).results()).doesNotContain("secret");
  }

  @Test
  void aPersonReadsTotalsStatementsAndWhereSomethingWasNotUnderstood() throws IOException {
    String file = file("a.log", LOG);
    Run run = Run.logdex("inspect", file);
    assertThat(run.code()).isZero();
    assertThat(run.results().lines())
        .first()
        .isEqualTo("4 log entries, 3 executions of 2 statements, 1 error, 1 not understood");
    assertThat(run.results())
        .contains("log_line_prefix '%m [%p] %q%u@%d '")
        .contains("20.0 ms      2")
        .contains("not a log line  " + file + ":9");
  }

  @Test
  void severalLogsAreToldApartAndTogether() throws IOException {
    Path packed = folder.resolve("b.log.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      out.write(LOG.getBytes(UTF_8));
    }
    JsonNode report = json(Run.logdex("inspect", "--json", file("a.log", LOG), packed.toString()));
    assertThat(report.get("executions").asLong()).isEqualTo(6);
    assertThat(report.get("sources")).hasSize(2);
    assertThat(report.get("sources").get(1).get("source").asText()).isEqualTo(packed.toString());
    assertThat(report.get("sources").get(1).get("executions").asLong()).isEqualTo(3);
  }

  @Test
  void aGivenPrefixIsUsed() throws IOException {
    String log = "<<41>> LOG:  duration: 1.000 ms  statement: SELECT 1\n";
    Run run = Run.logdex("inspect", "--json", "--prefix", "<<%p>> ", file("odd.log", log));
    assertThat(json(run).get("executions").asLong()).isEqualTo(1);
    assertThat(json(run).get("prefix").asText()).isEqualTo("<<%p>> ");
  }

  @Test
  void standardInputIsReadAsALog() throws IOException {
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream(LOG.getBytes(UTF_8)));
    try {
      assertThat(json(Run.logdex("inspect", "--json", "-")).get("executions").asLong())
          .isEqualTo(3);
    } finally {
      System.setIn(before);
    }
  }

  @Test
  void whatIsNotGzipThoughItsNameSaysSoIsNamed() throws IOException {
    Run run = Run.logdex("inspect", file("plain.gz", LOG));
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.notes()).contains("plain.gz").contains("not a gzip file");
    assertThat(run.notes()).doesNotContain("\tat ");
  }

  @Test
  void aMissingFileEndsTheCommandBeforeAnythingIsRead() throws IOException {
    Run run = Run.logdex("inspect", file("a.log", LOG), folder.resolve("b.log").toString());
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.results()).isEmpty();
    assertThat(run.notes()).contains("There is no file");
  }

  @Test
  void anEmptyLogGivesAnEmptyReportAndANote() throws IOException {
    Run run = Run.logdex("inspect", "--json", file("empty.log", ""));
    assertThat(run.code()).isZero();
    assertThat(run.notes()).contains("is empty");
    assertThat(json(run).get("entries").asLong()).isZero();
  }

  @Test
  void aTimeZoneThatThereIsNotIsWrongUse() throws IOException {
    Run run = Run.logdex("inspect", "--timezone", "Mars/Olympus", file("a.log", LOG));
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.notes()).contains("Mars/Olympus").contains("Europe/Berlin");
  }

  @Test
  void sequencesOfALogDoNotReachTheTerminal() throws IOException {
    String log =
        "2026-11-20 23:54:44.068 UTC [71] app@shop LOG:  duration: 1.0 ms  statement:"
            + " SELECT \"\u001b]0;owned\u0007\" FROM t\n";
    assertThat(Run.logdex("inspect", file("esc.log", log)).results())
        .contains("owned")
        .doesNotContain("\u001b", "\u0007");
  }

  private static JsonNode json(Run run) throws IOException {
    assertThat(run.code()).as(run.notes()).isZero();
    assertThat(run.results().lines()).hasSize(1);
    return EventJson.mapper().readTree(run.results());
  }

  private String file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content).toString();
  }
}
