package dev.logdex.normalizer.inspect;

import static java.util.stream.Collectors.joining;

import dev.logdex.normalizer.event.DeadLetter;
import dev.logdex.normalizer.event.DeadLetterReason;
import dev.logdex.normalizer.event.Fingerprint;
import dev.logdex.normalizer.fingerprint.NormalizedStatement;
import dev.logdex.normalizer.fingerprint.StatementNormalizer;
import dev.logdex.normalizer.inspect.InspectReport.NotUnderstood;
import dev.logdex.normalizer.inspect.InspectReport.StatementFigures;
import dev.logdex.normalizer.logentry.InspectableLog;
import dev.logdex.normalizer.logentry.LogFacts;
import dev.logdex.normalizer.logentry.LogSettings;
import dev.logdex.normalizer.logentry.LogSink;
import dev.logdex.normalizer.logentry.SourceLogs;
import dev.logdex.normalizer.statement.Execution;
import dev.logdex.normalizer.statement.LogEntry;
import dev.logdex.normalizer.statement.LoggedPlan;
import dev.logdex.normalizer.statement.StatementEvent;
import dev.logdex.normalizer.text.Utf8;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Folds logs into an {@link InspectReport}, with the code that the stage itself reads them with.
 * Reads no file and prints nothing; not thread-safe.
 */
public final class LogInspection {
  private static final int MOST_STATEMENTS = 100_000;
  private static final int MOST_PLACES = 3;
  private static final double MICROS_PER_MS = 1000;
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
   * @param place what places begin with, such as the file's name; while it stays the same, line
   *     numbers go on
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
        facts(LogFacts::prefix).reduce((a, b) -> a + ", " + b).orElse(null),
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

  /** What was found out about one source; empty when nothing of it could be read. */
  public Optional<LogFacts> facts(String source) {
    return Optional.ofNullable(logs.get(source)).map(InspectableLog::facts);
  }

  private void attempt(String source, String place, Consumer<InspectableLog> action) {
    try {
      action.accept(logs.computeIfAbsent(source, name -> SourceLogs.open(name, settings, sink)));
    } catch (RuntimeException e) { // a defect of ours is to be reported like the rest
      logs.remove(source);
      sink.rejected(
          new DeadLetter(
              DeadLetter.VERSION,
              STAGE,
              DeadLetterReason.INTERNAL,
              source,
              place,
              "reading the log failed: " + e.getClass().getSimpleName(),
              null,
              ""));
    }
  }

  private <T> Stream<T> facts(Function<LogFacts, @Nullable T> fact) {
    return logs.values().stream()
        .map(log -> fact.apply(log.facts()))
        .filter(Objects::nonNull)
        .distinct();
  }

  private final class Fold implements LogSink {
    private final StatementNormalizer normalizer = new StatementNormalizer();

    @Override
    public void entry(LogEntry entry) {
      entries++;
      errors += entry.level().isError() ? 1 : 0;
    }

    @Override
    public void execution(Execution execution) {
      Utf8 text = execution.statement();
      normalizer
          .normalize(text.bytes(), text.from(), text.length())
          .ifPresent(
              statement -> {
                if (statement.complete()) {
                  count(execution, statement);
                } else {
                  rejected(truncated(execution));
                }
              });
    }

    @Override
    public void event(StatementEvent event) {
      // not shown yet
    }

    @Override
    public void plan(LoggedPlan plan) {
      // not shown yet
    }

    @Override
    public void rejected(DeadLetter letter) {
      deadLetters.merge(letter.reason(), 1L, Long::sum);
      List<NotUnderstood> known =
          places.computeIfAbsent(letter.reason(), reason -> new ArrayList<>());
      if (known.size() < MOST_PLACES) {
        known.add(new NotUnderstood(letter.reason(), letter.place(), letter.detail()));
      }
    }

    private void count(Execution execution, NormalizedStatement statement) {
      executions++;
      Key key = new Key(execution.database(), execution.user(), statement.fingerprint());
      Figures figures = statements.get(key);
      if (figures == null && statements.size() >= MOST_STATEMENTS) {
        omitted++;
        return;
      }
      if (figures == null) {
        figures = new Figures(statement.text());
        statements.put(key, figures);
      }
      figures.add(execution.elapsedMs());
    }

    private DeadLetter truncated(Execution execution) {
      return new DeadLetter(
          DeadLetter.VERSION,
          STAGE,
          DeadLetterReason.TRUNCATED_STATEMENT,
          "",
          execution.place().toString(),
          "the statement ends before it is complete",
          execution.loggedAt(),
          "");
    }
  }

  private record Key(String database, String user, Fingerprint fingerprint) {}

  private static final class Figures {
    private final String text;
    private long calls;
    private long totalMicros;
    private @Nullable Double minTimeMs;
    private @Nullable Double maxTimeMs;

    Figures(String text) {
      this.text = text;
    }

    void add(@Nullable Double elapsedMs) {
      calls++;
      if (elapsedMs != null) {
        // whole microseconds, as logged, add up without error
        totalMicros += Math.round(elapsedMs * MICROS_PER_MS);
        minTimeMs = minTimeMs == null ? elapsedMs : Math.min(minTimeMs, elapsedMs);
        maxTimeMs = maxTimeMs == null ? elapsedMs : Math.max(maxTimeMs, elapsedMs);
      }
    }

    StatementFigures of(Key key) {
      return new StatementFigures(
          key.fingerprint,
          text,
          key.database,
          key.user,
          calls,
          totalMicros / MICROS_PER_MS,
          minTimeMs,
          maxTimeMs);
    }
  }
}
