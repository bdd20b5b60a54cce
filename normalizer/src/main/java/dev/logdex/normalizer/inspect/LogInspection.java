package dev.logdex.normalizer.inspect;

import static java.util.stream.Collectors.joining;

import dev.logdex.normalizer.event.DeadLetter;
import dev.logdex.normalizer.event.DeadLetterReason;
import dev.logdex.normalizer.event.Fingerprint;
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
import dev.logdex.normalizer.statement.StatementEvent.Kind;
import dev.logdex.normalizer.text.Utf8;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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
  private static final String STAGE = "normalizer";

  private final LogSettings settings;
  private final LogSink sink = new Fold();
  private final Map<String, InspectableLog> logs = new LinkedHashMap<>();
  private final Map<DeadLetterReason, Long> deadLetters = new EnumMap<>(DeadLetterReason.class);
  private final Map<DeadLetterReason, List<NotUnderstood>> places =
      new EnumMap<>(DeadLetterReason.class);
  private final StatementTable statements = new StatementTable();
  private final Map<Kind, Long> events = new EnumMap<>(Kind.class);
  private long entries;
  private long errors;
  private long executions;
  private long plans;
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
    read(source, lines, lines.length, place, arrivedAt);
  }

  /** Reads the first bytes of an array, which is not kept. */
  public void read(String source, byte[] lines, int length, String place, Instant arrivedAt) {
    log(source).accept(lines, 0, length, place, arrivedAt);
  }

  /** The log of a source has ended: what is pending is complete. */
  public void end(String source) {
    log(source).flush();
  }

  /** What there is so far. */
  public InspectReport report() {
    return new InspectReport(
        entries,
        executions,
        errors,
        events,
        plans,
        deadLetters,
        facts(LogFacts::format).collect(joining(", ")),
        facts(LogFacts::prefix).reduce((a, b) -> a + ", " + b).orElse(null),
        facts(LogFacts::suggestion).toList(),
        statements.all().stream()
            .map(StatementTable.Figures::toReport)
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

  private InspectableLog log(String source) {
    return logs.computeIfAbsent(source, name -> SourceLogs.open(name, settings, sink));
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
      try {
        count(execution);
      } catch (RuntimeException e) { // a defect of ours must cost this statement only
        rejected(
            letter(
                execution,
                DeadLetterReason.INTERNAL,
                "normalizing the statement failed: " + e.getClass().getSimpleName()));
      }
    }

    @Override
    public void event(StatementEvent event) {
      events.merge(event.kind(), 1L, Long::sum);
      boolean failed = event.kind() == Kind.ERROR || event.kind() == Kind.CANCELED;
      if (failed || event.kind() == Kind.FETCH) {
        StatementTable.Figures figures = figures(event.database(), event.user(), event.statement());
        if (figures != null && failed) {
          figures.error();
        } else if (figures != null) {
          figures.fetch(event.elapsedMs());
        }
      }
    }

    @Override
    public void plan(LoggedPlan plan) {
      plans++;
      StatementTable.Figures figures = figures(plan.database(), plan.user(), plan.statement());
      if (figures != null) {
        figures.plan();
      }
    }

    /** Null when the text holds no whole statement, is no SQL, or there is no room for it. */
    private StatementTable.@Nullable Figures figures(String database, String user, Utf8 text) {
      boolean whole =
          normalizer.read(text.bytes(), text.from(), text.length()) && normalizer.complete();
      return whole ? figures(database, user) : null;
    }

    /** Of the statement that was read last; null when there is no room for it. */
    private StatementTable.@Nullable Figures figures(String database, String user) {
      long fingerprint = normalizer.fingerprintBits();
      StatementTable.Figures figures = statements.find(database, user, fingerprint);
      return figures != null || statements.size() >= MOST_STATEMENTS
          ? figures
          : statements.add(database, user, new Fingerprint(fingerprint), normalizer.text());
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

    private void count(Execution execution) {
      Utf8 text = execution.statement();
      if (!normalizer.read(text.bytes(), text.from(), text.length())) {
        return; // only a comment, or nothing
      }
      if (!normalizer.complete()) {
        rejected(
            letter(
                execution,
                DeadLetterReason.TRUNCATED_STATEMENT,
                "the statement ends before it is complete"));
        return;
      }
      executions++;
      StatementTable.Figures figures = figures(execution.database(), execution.user());
      if (figures == null) {
        omitted++;
        return;
      }
      figures.add(execution.elapsedMs());
    }

    private DeadLetter letter(Execution execution, DeadLetterReason reason, String detail) {
      return new DeadLetter(
          DeadLetter.VERSION,
          STAGE,
          reason,
          "",
          execution.place().toString(),
          detail,
          execution.loggedAt(),
          "");
    }
  }
}
