package dev.logdex.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logdex.deploy.pipeline.Backlog;
import dev.logdex.deploy.pipeline.TopicReader;
import dev.logdex.embedded.ItParts;
import dev.logdex.recommender.event.RecommendationEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command as a process: stages by themselves, and its end when it is told to end. */
@Timeout(300)
class ProcessesIT {
  private static final Map<String, Object> CLIENT = Map.of("bootstrap.servers", ItParts.kafka());
  private static final int TERMINATED = 128 + 15;
  private static final int INTERRUPTED = 128 + 2;
  private static final int A_FEW_SECONDS = 10;

  private final String prefix = "stages-" + UUID.randomUUID() + ".";
  @TempDir private Path folder;

  @Test
  void stagesByThemselvesMakeTheSamePipeline() throws Exception {
    try (ScratchDatabase database = ScratchDatabase.create("stages");
        LogdexProcess normalizer =
            stage("normalizer", "-s", "state.dir=" + folder.resolve("state"));
        LogdexProcess analyzer = stage("analyzer", "-s", "databases=" + database.url());
        // the log ends after one analysis
        LogdexProcess recommender = stage("recommender", "-s", "rounds.to.propose=1")) {
      database.execute(
          "CREATE TABLE t AS SELECT n AS a, n % 7 AS b FROM generate_series(1, 20000) n; ANALYZE t");
      Run ingest =
          Run.logdex(
              "ingest",
              "-s",
              "bootstrap.servers=" + ItParts.kafka(),
              "-s",
              "topic.prefix=" + prefix,
              log());
      assertThat(ingest.code()).as(ingest.notes()).isZero();

      Awaitility.await()
          .atMost(Duration.ofMinutes(1))
          .untilAsserted(
              () -> assertThat(recommended()).containsExactly("public.t USING btree (a)"));
      for (LogdexProcess process : List.of(normalizer, analyzer, recommender)) {
        process.terminate();
        assertThat(process.exitCode(A_FEW_SECONDS)).as(process.notes()).isEqualTo(TERMINATED);
      }
    }
  }

  @Test
  void aStageWhoseBrokerIsNotThereSaysSo() throws Exception {
    try (LogdexProcess recommender =
        LogdexProcess.start(folder, "recommender", "-s", "bootstrap.servers=127.0.0.1:9")) {
      assertThat(recommender.exitCode(60)).isEqualTo(1);
      assertThat(recommender.notes()).contains("Kafka does not answer at 127.0.0.1:9");
    }
  }

  @Test
  void interruptedAdviceLeavesNothingBehind() throws Exception {
    try (ScratchDatabase database = ScratchDatabase.create("interrupted");
        // its standard input never ends
        LogdexProcess advise =
            LogdexProcess.start(folder, "advise", "--database", database.url(), "-")) {
      Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> !scratchFolders().isEmpty());
      advise.interrupt();
      assertThat(advise.exitCode(A_FEW_SECONDS)).as(advise.notes()).isEqualTo(INTERRUPTED);
      assertThat(advise.notes()).doesNotContain("Exception", "unexpected");
      assertThat(scratchFolders()).isEmpty();
    }
  }

  @Test
  void anInterruptedFollowerHasShippedWhatWasWritten() throws Exception {
    try (LogdexProcess ingest =
            LogdexProcess.start(
                folder,
                "ingest",
                "--follow",
                "-s",
                "bootstrap.servers=" + ItParts.kafka(),
                "-s",
                "topic.prefix=" + prefix,
                log());
        Backlog backlog = new Backlog(CLIENT)) {
      List<String> logs = List.of(prefix + "logs");
      Awaitility.await()
          .atMost(Duration.ofMinutes(1))
          .until(
              () ->
                  backlog.topics(logs::contains).size() == 1
                      && backlog.of("nobody", backlog.ends(logs)) > 0);
      ingest.interrupt();
      assertThat(ingest.exitCode(A_FEW_SECONDS)).as(ingest.notes()).isEqualTo(INTERRUPTED);
      assertThat(ingest.notes()).contains("40 lines");
    }
  }

  private LogdexProcess stage(String name, String... more) throws IOException {
    List<String> args =
        new ArrayList<>(
            List.of(
                name,
                "-s",
                "bootstrap.servers=" + ItParts.kafka(),
                "-s",
                "topic.prefix=" + prefix));
    args.addAll(List.of(more));
    return LogdexProcess.start(folder, args.toArray(String[]::new));
  }

  private String log() throws IOException {
    Path file = folder.resolve("postgresql.log");
    try (LogText log = LogText.write(file, "stages")) {
      for (int i = 0; i < 40; i++) {
        log.statement(1, 8, "SELECT * FROM t WHERE a = " + i).after(Duration.ofSeconds(3));
      }
    }
    return file.toString();
  }

  private List<String> recommended() {
    List<String> found = new ArrayList<>();
    try (Backlog backlog = new Backlog(CLIENT)) {
      if (backlog.topics((prefix + "recommendations")::equals).isEmpty()) {
        return found;
      }
    }
    try (TopicReader<RecommendationEvent> reader =
        TopicReader.open(CLIENT, prefix + "recommendations", RecommendationEvent.class)) {
      reader.readToEnd(event -> found.add(event.data().table() + " " + event.data().index()));
    }
    return found;
  }

  private List<Path> scratchFolders() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(path -> path.getFileName().toString().startsWith("logdex-")).toList();
    }
  }
}
