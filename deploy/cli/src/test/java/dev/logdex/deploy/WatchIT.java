package dev.logdex.deploy;

import static dev.logdex.recommender.event.RecommendationState.APPLIED;
import static dev.logdex.recommender.event.RecommendationState.PROPOSED;
import static dev.logdex.recommender.event.RecommendationState.UPDATED;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logdex.deploy.Published.Advice;
import dev.logdex.embedded.ItParts;
import dev.logdex.recommender.event.RecommendationEvent;
import dev.logdex.recommender.event.Severity;
import dev.logdex.runtime.EventJson;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class WatchIT {
  private static final int INTERRUPTED = 128 + 2;

  @TempDir private Path folder;
  private Published published;

  @BeforeEach
  void open() {
    published = new Published();
  }

  @AfterEach
  void close() {
    published.close();
  }

  @Test
  void whatStandsIsShownOnceEachInItsNewestForm() throws Exception {
    published.tell(Advice.of("a1"), PROPOSED, 1);
    published.tell(Advice.of("b2"), PROPOSED, 1);
    published.tell(new Advice("a1", "shop", Severity.HIGH, "Worse."), UPDATED, 2);
    published.tell(Advice.of("b2"), APPLIED, 2);

    Run run = watch("--once");

    assertThat(run.code()).as(run.notes()).isZero();
    assertThat(run.results().lines())
        .containsExactly(
            "2026-01-02T03:04:05Z  updated  high  shop.public.orders  a1",
            "  Add an index on public.orders (a)",
            "  Worse.");
  }

  @Test
  void allShowsTheEndedToo() throws Exception {
    published.tell(Advice.of("b2"), APPLIED, 2);

    assertThat(watch("--once").results()).isEmpty();
    assertThat(watch("--once").notes()).contains("No recommendation stands now.");
    assertThat(watch("--once", "--all").results()).contains("applied", "b2");
  }

  @Test
  void filtersLeaveOutTheRest() throws Exception {
    published.tell(new Advice("a1", "shop", Severity.LOW, "x"), PROPOSED, 1);
    published.tell(new Advice("b2", "crm", Severity.HIGH, "x"), PROPOSED, 1);
    published.tell(new Advice("c3", "shop", Severity.HIGH, "x"), PROPOSED, 1);

    assertThat(ids("--database", "shop")).containsExactly("a1", "c3");
    assertThat(ids("--severity", "medium")).containsExactly("b2", "c3");
    assertThat(ids("--severity", "high", "--database", "crm")).containsExactly("b2");
  }

  @Test
  void textOfOthersDoesNotSteerTheTerminal() throws Exception {
    published.tell(new Advice("a1", "shop", Severity.LOW, "red \u001b[31m\ntext"), PROPOSED, 1);

    assertThat(watch("--once").results()).doesNotContain("\u001b").contains("text");
  }

  @Test
  void changesFollowAsTheyArePublishedUntilCtrlC() throws Exception {
    published.tell(Advice.of("a1"), PROPOSED, 1);
    try (LogdexProcess watch = process()) {
      Awaitility.await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> watch.results().contains("proposed"));
      published.tell(new Advice("a1", "shop", Severity.MEDIUM, "It is there."), APPLIED, 2);
      Awaitility.await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> watch.results().contains("It is there."));
      watch.interrupt();
      assertThat(watch.exitCode(20)).isEqualTo(INTERRUPTED);
      assertThat(watch.notes()).isEmpty();
    }
  }

  @Test
  void aKafkaWithoutTheTopicIsSaid() {
    Run run =
        Run.logdex("watch", "--bootstrap-servers", ItParts.kafka(), "--topic-prefix", "nobody.");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.notes()).contains("no topic nobody.recommendations", "--topic-prefix");
  }

  private LogdexProcess process() throws IOException {
    return LogdexProcess.start(folder, arguments("--bootstrap-servers", ItParts.kafka()));
  }

  private List<String> ids(String... filter) {
    List<String> args = new ArrayList<>(List.of("--once", "--json"));
    args.addAll(List.of(filter));
    return watch(args.toArray(String[]::new))
        .results()
        .lines()
        .map(line -> EventJson.read(line.getBytes(UTF_8), RecommendationEvent.class).subject())
        .toList();
  }

  private Run watch(String... args) {
    List<String> all = new ArrayList<>(List.of(arguments(args)));
    all.addAll(List.of("--bootstrap-servers", ItParts.kafka()));
    return Run.logdex(all.toArray(String[]::new));
  }

  private String[] arguments(String... args) {
    List<String> all = new ArrayList<>(List.of("watch", "--topic-prefix", published.prefix()));
    all.addAll(List.of(args));
    return all.toArray(String[]::new);
  }
}
