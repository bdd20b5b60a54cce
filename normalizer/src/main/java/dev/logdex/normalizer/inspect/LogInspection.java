package dev.logdex.normalizer.inspect;

import static java.util.stream.Collectors.joining;

import dev.logdex.normalizer.event.DeadLetter;
import dev.logdex.normalizer.event.DeadLetterReason;
import dev.logdex.normalizer.event.Fingerprint;
import dev.logdex.normalizer.inspect.InspectReport.NotUnderstood;
import dev.logdex.normalizer.inspect.InspectReport.StatementFigures;
import dev.logdex.normalizer.logentry.InspectableLog;
import dev.logdex.normalizer.logentry.LogEntry;
import dev.logdex.normalizer.logentry.LogFacts;
import dev.logdex.normalizer.logentry.LogSettings;
import dev.logdex.normalizer.logentry.LogSink;
import dev.logdex.normalizer.logentry.SourceLogs;
import dev.logdex.normalizer.statement.Execution;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Folds logs into an {@link InspectReport}, with the code that the stage itself reads them with.
 * Reads no file and prints nothing; not thread-safe.
 */
public final class LogInspection {
  private static final int MOST_STATEMENTS = 100_000;
  private static final int MOST_PLACES = 3;
  private static final String STAGE = "normalizer";

  private final LogSettings settings;
  private final LogSink sink = new Fold();
  private final Map<String, InspectableLog> logs = new LinkedHashMap<>();
  private final Map<DeadLetterReason, Long> deadLetters = new EnumMap<>(DeadLetterReason.class);
  private final Map<DeadLetterReason, List<NotUnderstood>> places =
      new EnumMap<>(DeadLetterReason.class);
  private final Map<Key, Figures> statements = new HashMap<>();
  private long entries;
  private long errors;
  private long executions;
  private long omitted;

  public LogInspection(LogSettings settings) {
    this.settings = settings;
  }

  /**
   * Reads on in the log of a source.
   *
   * @param lines whole lines, as {@code LogBlockReader} of ingest gives them
   * @param place what places begin with, such as the file's name and the block's position
   * @param arrivedAt stands in where the log itself has no time
   */
  public void read(String source, byte[] lines, String place, Instant arrivedAt) {
    attempt(source, place, log -> log.accept(lines, 0, lines.length, place, arrivedAt));
  }

  /** The log of a source has ended: what is pending is complete. */
  public void end(String source) {
    attempt(source, source, InspectableLog::flush);
  }

  /** What there is so far. */
  public InspectReport report() {
    return new InspectReport(
        entries,
        executions,
        errors,
        deadLetters,
        facts(LogFacts::format).collect(joining(", ")),
        facts(LogFacts::prefix).collect(joining(", ")),
        facts(LogFacts::suggestion).toList(),
        statements.entrySet().stream()
            .map(entry -> entry.getValue().of(entry.getKey()))
            .sorted(
                Comparator.comparingDouble(StatementFigures::totalTimeMs)
                    .thenComparingLong(StatementFigures::calls)
                    .reversed()
                    .thenComparing(StatementFigures::fingerprint)
                    .thenComparing(StatementFigures::database)
                    .thenComparing(StatementFigures::user))
            .toList(),
        omitted,
        places.values().stream().flatMap(List::stream).toList());
  }
}
