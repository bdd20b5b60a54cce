package dev.logdex.deploy.inspect;

import static java.util.Objects.requireNonNull;

import dev.logdex.normalizer.event.DeadLetterReason;
import dev.logdex.normalizer.inspect.InspectReport;
import dev.logdex.normalizer.inspect.InspectReport.NotUnderstood;
import dev.logdex.normalizer.inspect.InspectReport.StatementFigures;
import dev.logdex.normalizer.logentry.Cut;
import dev.logdex.normalizer.logentry.Ignored;
import dev.logdex.normalizer.logentry.LogFacts;
import dev.logdex.normalizer.statement.StatementEvent;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What was understood of all logs together, and of each. Its fields are the JSON that {@code
 * inspect --json} prints.
 *
 * @param sources in the order in which they were given
 */
public record InspectedLogs(
    long entries,
    long executions,
    long errors,
    Map<StatementEvent.Kind, Long> events,
    long plans,
    Map<DeadLetterReason, Long> deadLetters,
    String format,
    String prefix,
    List<String> suggestions,
    List<InspectedLog> sources,
    List<StatementFigures> fingerprints,
    long omittedExecutions,
    List<NotUnderstood> notUnderstood) {
  public InspectedLogs {
    requireNonNull(events, "events");
    requireNonNull(deadLetters, "deadLetters");
    requireNonNull(format, "format");
    requireNonNull(prefix, "prefix");
    suggestions = List.copyOf(suggestions);
    sources = List.copyOf(sources);
    fingerprints = List.copyOf(fingerprints);
    notUnderstood = List.copyOf(notUnderstood);
  }

  public static InspectedLogs of(InspectReport report, List<InspectedLog> sources) {
    return new InspectedLogs(
        report.entries(),
        report.executions(),
        report.errors(),
        report.events(),
        report.plans(),
        report.deadLetters(),
        report.format(),
        Objects.requireNonNullElse(report.prefix(), ""),
        report.suggestions(),
        sources,
        report.fingerprints(),
        report.omittedExecutions(),
        report.notUnderstood());
  }

  /** How often something was not understood, whatever the reason. */
  long deadLettersInAll() {
    return deadLetters.values().stream().mapToLong(Long::longValue).sum();
  }

  /**
   * One of the logs.
   *
   * @param source the file as it was given
   * @param prefix null when none was recognised
   * @param lines all of them
   * @param ignoredLines those that were passed over
   * @param ignored the same by cause
   * @param cuts how often a bound was met, by what it cost
   * @param missingLines lines or messages that never came, as the processes' own counts tell
   */
  public record InspectedLog(
      String source,
      String format,
      @Nullable String prefix,
      long lines,
      long ignoredLines,
      long entries,
      long executions,
      long errors,
      long deadLetters,
      Map<Ignored, Long> ignored,
      Map<Cut, Long> cuts,
      long missingLines) {
    public static InspectedLog of(String source, LogFacts facts) {
      return new InspectedLog(
          source,
          facts.format(),
          facts.prefix(),
          facts.lines(),
          facts.ignoredLines(),
          facts.entries(),
          facts.executions(),
          facts.errors(),
          facts.deadLetters(),
          facts.ignored(),
          facts.cuts(),
          facts.missingLines());
    }
  }
}
