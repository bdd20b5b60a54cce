package dev.logdex.deploy;

import dev.logdex.deploy.pipeline.TopicReader;
import dev.logdex.deploy.terminal.Amounts;
import dev.logdex.deploy.terminal.Terminal;
import dev.logdex.recommender.advice.AdviceText;
import dev.logdex.recommender.event.Recommendation;
import dev.logdex.recommender.event.RecommendationEvent;
import dev.logdex.runtime.EventJson;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Prints recommendations as they are published. */
final class DemoPrinter {
  private final Terminal terminal;
  private final TopicReader<RecommendationEvent> events;
  private final boolean json;
  private final Supplier<String> elapsed;
  private final Map<String, Recommendation> newest = new LinkedHashMap<>();

  /**
   * Begins to print.
   *
   * @param elapsed tells how long the demo has run, for a person
   */
  DemoPrinter(
      Terminal terminal,
      TopicReader<RecommendationEvent> events,
      boolean json,
      Supplier<String> elapsed) {
    this.terminal = terminal;
    this.events = events;
    this.json = json;
    this.elapsed = elapsed;
  }

  /** Prints what has come, waiting a moment when nothing has. */
  void poll() {
    events.poll(this::print);
  }

  void readToEnd() {
    events.readToEnd(this::print);
  }

  /** Says how many there are, and what each would do. */
  void summarise() {
    long standing =
        newest.values().stream().filter(each -> AdviceReport.isProposed(each.state())).count();
    terminal.note(Amounts.count(standing, "recommendation", "recommendations") + ".");
  }

  private void print(RecommendationEvent event) {
    Recommendation advice = event.data();
    boolean first = newest.put(advice.id(), advice) == null;
    if (newest.size() == 1 && first) {
      terminal.note("The first recommendation came " + elapsed.get() + " from the start.");
    }
    if (json) {
      terminal.result(EventJson.line(event));
    } else if (first && AdviceReport.isProposed(advice.state())) {
      terminal.result("");
      terminal.result(terminal.bold("Recommendation " + newest.size()));
      AdviceText.render(advice).lines().forEach(terminal::result);
    } else {
      terminal.result(
          advice.indexName() + " is now " + advice.state().word() + ": " + advice.change());
    }
  }
}
