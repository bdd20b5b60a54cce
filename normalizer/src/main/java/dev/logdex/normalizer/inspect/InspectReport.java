package dev.logdex.normalizer.inspect;

import static java.util.Objects.requireNonNull;

import dev.logdex.normalizer.event.DeadLetterReason;
import dev.logdex.normalizer.event.Fingerprint;
import dev.logdex.normalizer.statement.StatementEvent;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was understood of one or several logs.
 *
 * @param entries whole messages of the servers
 * @param executions statements that were run, each once
 * @param errors entries at level ERROR, FATAL or PANIC
 * @param events what happened to statements beside their executions, by kind
 * @param plans that auto_explain logged
 * @param deadLetters how often something was not understood, by reason
 * @param format of the logs; several are joined by a comma
 * @param prefix {@code log_line_prefix}, given or detected; several are joined by a comma; null
 *     when there is none
 * @param suggestions what the operator could do to have the logs read better
 * @param fingerprints the statements, the one that took most time first
 * @param omittedExecutions executions of statements that there was no room to list
 * @param notUnderstood where the first dead letters of each reason stand
 */
public record InspectReport(
    long entries,
    long executions,
    long errors,
    Map<StatementEvent.Kind, Long> events,
    long plans,
    Map<DeadLetterReason, Long> deadLetters,
    String format,
    @Nullable String prefix,
    List<String> suggestions,
    List<StatementFigures> fingerprints,
    long omittedExecutions,
    List<NotUnderstood> notUnderstood) {
  public InspectReport {
    EnumMap<DeadLetterReason, Long> ordered = new EnumMap<>(DeadLetterReason.class);
    ordered.putAll(deadLetters);
    deadLetters = Collections.unmodifiableMap(ordered);
    EnumMap<StatementEvent.Kind, Long> orderedEvents = new EnumMap<>(StatementEvent.Kind.class);
    orderedEvents.putAll(events);
    events = Collections.unmodifiableMap(orderedEvents);
    requireNonNull(format, "format");
    suggestions = List.copyOf(suggestions);
    fingerprints = List.copyOf(fingerprints);
    notUnderstood = List.copyOf(notUnderstood);
  }

  /**
   * One statement of one user in one database.
   *
   * @param text the normalized statement
   * @param database as the log names it; empty when the log does not
   * @param user as the log names it; empty when the log does not
   * @param errors times it failed or was cancelled, which are no calls
   * @param plans of it that auto_explain logged
   * @param totalTimeMs over the calls whose duration was logged, with further fetches from them
   * @param minTimeMs null when no duration was logged
   * @param maxTimeMs null when no duration was logged
   */
  public record StatementFigures(
      Fingerprint fingerprint,
      String text,
      String database,
      String user,
      long calls,
      long errors,
      long plans,
      double totalTimeMs,
      @Nullable Double minTimeMs,
      @Nullable Double maxTimeMs) {}

  /**
   * One dead letter.
   *
   * @param place in the log
   * @param detail for a person, without literals
   */
  public record NotUnderstood(DeadLetterReason reason, String place, String detail) {}
}
