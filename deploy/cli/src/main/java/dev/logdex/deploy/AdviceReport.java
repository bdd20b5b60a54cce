package dev.logdex.deploy;

import static java.util.Comparator.comparingDouble;

import dev.logdex.analyzer.event.Analysis;
import dev.logdex.analyzer.event.TableAnalysis;
import dev.logdex.analyzer.event.UnplannedStatement;
import dev.logdex.analyzer.event.UnplannedStatements;
import dev.logdex.deploy.pipeline.TopicReader;
import dev.logdex.deploy.terminal.Amounts;
import dev.logdex.deploy.terminal.Printable;
import dev.logdex.deploy.terminal.Terminal;
import dev.logdex.deploy.terminal.TextTable;
import dev.logdex.deploy.terminal.TextTable.Column;
import dev.logdex.normalizer.event.DeadLetter;
import dev.logdex.normalizer.event.DeadLetterReason;
import dev.logdex.recommender.Recommender;
import dev.logdex.recommender.advice.AdviceText;
import dev.logdex.recommender.event.Recommendation;
import dev.logdex.recommender.event.RecommendationEvent;
import dev.logdex.recommender.event.RecommendationState;
import dev.logdex.recommender.whynot.WhyNotText;
import dev.logdex.runtime.EventJson;
import dev.logdex.runtime.Topic;
import io.prometheus.client.CollectorRegistry;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** What a run of the pipeline came to, for a program or for a person. */
final class AdviceReport {
  private final Terminal terminal;
  private final Pipeline pipeline;
  private final long entriesBefore = counted("entries");
  private final long executionsBefore = counted("executions");

  /** Begins to count what the normalizer reads; to be made before it starts. */
  AdviceReport(Terminal terminal, Pipeline pipeline) {
    this.terminal = terminal;
    this.pipeline = pipeline;
  }

  /** Prints what stands; {@code letters} gives the dead letters of this run. */
  void print(Recommender recommender, TopicReader<DeadLetter> letters, boolean json) {
    if (json) {
      standing().forEach(event -> terminal.result(EventJson.line(event)));
    } else {
      recommendations(recommender.current());
    }
    printRest(recommender, letters, json);
  }

  /** Prints the rest: which statements got nothing, what was not understood, the totals. */
  void printRest(Recommender recommender, TopicReader<DeadLetter> letters, boolean json) {
    if (!json) {
      text(WhyNotText.render(recommender.whyNot()));
    }
    deadLetters(letters, json);
    totals(json);
  }

  /** The newest event of each recommendation that is proposed, largest saving first. */
  private List<RecommendationEvent> standing() {
    Map<String, RecommendationEvent> newest = new LinkedHashMap<>();
    read(
        Topic.RECOMMENDATIONS,
        RecommendationEvent.class,
        event -> newest.put(event.subject(), event));
    return newest.values().stream()
        .filter(event -> isProposed(event.data().state()))
        .sorted(
            comparingDouble((RecommendationEvent event) -> -event.data().savingPerMinute())
                .thenComparing(RecommendationEvent::subject))
        .toList();
  }

  static boolean isProposed(RecommendationState state) {
    return state.stands();
  }

  private void recommendations(List<Recommendation> current) {
    if (current.isEmpty()) {
      terminal.result("No index is recommended.");
    }
    for (int i = 0; i < current.size(); i++) {
      terminal.result(terminal.bold("Recommendation " + (i + 1) + " of " + current.size()));
      text(AdviceText.render(current.get(i)));
    }
  }

  private void deadLetters(TopicReader<DeadLetter> letters, boolean json) {
    Map<DeadLetterReason, List<DeadLetter>> byReason = new EnumMap<>(DeadLetterReason.class);
    letters.readToEnd(
        letter ->
            byReason.computeIfAbsent(letter.reason(), reason -> new ArrayList<>()).add(letter));
    if (byReason.isEmpty()) {
      return;
    }
    TextTable table =
        new TextTable(Column.number("Times"), Column.text("Reason"), Column.text("First place"));
    byReason.forEach(
        (reason, each) ->
            table.row(
                Amounts.count(each.size()),
                reason.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                Printable.line(each.get(0).place() + "  " + each.get(0).detail())));
    List<String> lines = new ArrayList<>(List.of(terminal.bold("Not understood")));
    lines.addAll(table.lines());
    lines.add(
        "(place on the topic: partition:offset:line; 'logdex inspect' tells it by file and line)");
    lines.add("");
    lines.forEach(json ? terminal::note : terminal::result);
  }

  private void totals(boolean json) {
    Set<String> planned = new HashSet<>();
    Set<String> unplanned = new HashSet<>();
    read(Topic.TABLE_ANALYSES, Analysis.class, analysis -> collect(analysis, planned, unplanned));
    unplanned.removeAll(planned);
    String line =
        Amounts.count(counted("entries") - entriesBefore, "log entry", "log entries")
            + ", "
            + Amounts.count(counted("executions") - executionsBefore, "execution", "executions")
            + "; "
            + Amounts.count(planned.size(), "statement", "statements")
            + " analysed, "
            + Amounts.count(unplanned.size())
            + " not plannable or without a table";
    if (json) {
      terminal.note(line);
    } else {
      terminal.result(line);
    }
  }

  private static void collect(Analysis analysis, Set<String> planned, Set<String> unplanned) {
    if (analysis instanceof TableAnalysis table) {
      table.statements().forEach(statement -> planned.add(statement.fingerprint()));
    } else if (analysis instanceof UnplannedStatements rest) {
      rest.statements().stream().map(UnplannedStatement::fingerprint).forEach(unplanned::add);
    }
  }

  private <T> void read(Topic topic, Class<T> type, Consumer<T> events) {
    pipeline.reader(topic, type).readToEnd(events);
  }

  /** Of this process: what the normalizer counted here, and not what others did elsewhere. */
  private static long counted(String what) {
    Double value =
        CollectorRegistry.defaultRegistry.getSampleValue("logdex_normalizer_" + what + "_total");
    return value == null ? 0 : value.longValue();
  }

  private void text(String text) {
    text.lines().forEach(terminal::result);
    if (!text.isEmpty()) {
      terminal.result("");
    }
  }
}
