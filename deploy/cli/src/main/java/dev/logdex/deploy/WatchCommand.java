package dev.logdex.deploy;

import dev.logdex.deploy.pipeline.TopicReader;
import dev.logdex.deploy.terminal.Terminal;
import dev.logdex.recommender.event.RecommendationEvent;
import dev.logdex.recommender.event.Severity;
import dev.logdex.runtime.EventJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "watch",
    description = "Show the recommendations that stand, and then each change as it is published.",
    footer = {
      "",
      "It goes on until Ctrl-C. It changes nothing, and several may watch at once.",
      "",
      "Examples:",
      "  logdex watch --bootstrap-servers kafka:9092",
      "  logdex watch --once --severity high --database shop",
      "  logdex watch --json | jq -r '.data.ddl'"
    })
final class WatchCommand implements Runnable {
  private final Terminal terminal;

  @Mixin private RunningKafkaOptions kafka = new RunningKafkaOptions();

  @Option(names = "--json", description = "Print the events as they are, one per line.")
  private boolean json;

  @Option(names = "--once", description = "End after what stands now.")
  private boolean once;

  @Option(
      names = "--all",
      description = "Begin with those, too, that are applied, dismissed, superseded or withdrawn.")
  private boolean all;

  @Option(
      names = "--database",
      paramLabel = "NAME",
      description = "Only those of this database; may be repeated.")
  private List<String> databases = new ArrayList<>();

  @Option(
      names = "--severity",
      paramLabel = "LEAST",
      defaultValue = "info",
      description = "Only those of this severity or more: info, low, medium or high.")
  private Severity severity = Severity.INFO;

  WatchCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void run() {
    terminal.status("reading what stands");
    try (TopicReader<RecommendationEvent> reader = kafka.recommendations()) {
      showStanding(reader);
      while (!once && !terminal.resultsClosed()) {
        reader.poll(this::show);
      }
    }
  }

  private void showStanding(TopicReader<RecommendationEvent> reader) {
    Map<String, RecommendationEvent> newest = new LinkedHashMap<>();
    reader.readToEnd(
        event -> {
          // taken out first, so that the latest change comes last
          newest.remove(event.subject());
          newest.put(event.subject(), event);
        });
    terminal.clearStatus();
    newest.values().stream()
        .filter(event -> all || event.data().state().stands())
        .forEach(this::show);
    if (!json && newest.values().stream().noneMatch(event -> event.data().state().stands())) {
      terminal.note("No recommendation stands now.");
    }
  }

  private void show(RecommendationEvent event) {
    if (!isWanted(event)) {
      return;
    }
    if (json) {
      terminal.result(EventJson.line(event));
    } else {
      EventText.lines(event, terminal).forEach(terminal::result);
    }
  }

  private boolean isWanted(RecommendationEvent event) {
    return (databases.isEmpty() || databases.contains(event.data().database()))
        && event.data().severity().compareTo(severity) >= 0;
  }
}
