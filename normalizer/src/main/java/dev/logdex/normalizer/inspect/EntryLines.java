package dev.logdex.normalizer.inspect;

import dev.logdex.normalizer.event.DeadLetter;
import dev.logdex.normalizer.fingerprint.NormalizedStatement;
import dev.logdex.normalizer.fingerprint.StatementNormalizer;
import dev.logdex.normalizer.logentry.LogSink;
import dev.logdex.normalizer.statement.Execution;
import dev.logdex.normalizer.statement.LogEntry;
import dev.logdex.normalizer.statement.LoggedPlan;
import dev.logdex.normalizer.statement.StatementEvent;
import dev.logdex.normalizer.text.Utf8;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Gives everything that a log tells one by one, to be compared with what it should tell. Holds the
 * log's literals and parameters.
 */
public final class EntryLines implements LogSink {
  private final StatementNormalizer normalizer = new StatementNormalizer();
  private final Consumer<Object> lines;

  /**
   * @param lines takes records that are written as JSON
   */
  public EntryLines(Consumer<Object> lines) {
    this.lines = lines;
  }

  @Override
  public void entry(LogEntry entry) {
    lines.accept(
        new EntryLine(
            "entry",
            entry.level().name(),
            entry.database(),
            entry.user(),
            entry.application(),
            entry.backend(),
            entry.loggedAt(),
            entry.text().toString(),
            text(entry.detail()),
            text(entry.context()),
            text(entry.statement()),
            entry.place().toString()));
  }

  @Override
  public void execution(Execution execution) {
    Utf8 text = execution.statement();
    lines.accept(
        new ExecutionLine(
            "execution",
            execution.database(),
            execution.user(),
            text.toString(),
            execution.parameters().values(),
            execution.elapsedMs(),
            execution.queryId(),
            normalizer
                .normalize(text.bytes(), text.from(), text.length())
                .map(NormalizedStatement::fingerprint)
                .map(Object::toString)
                .orElse(null),
            execution.place().toString()));
  }

  @Override
  public void event(StatementEvent event) {
    lines.accept(
        new MinorLine(
            "event", event.kind().name(), event.statement().toString(), event.elapsedMs()));
  }

  @Override
  public void plan(LoggedPlan plan) {
    lines.accept(
        new MinorLine("plan", plan.format().name(), plan.statement().toString(), plan.elapsedMs()));
  }

  @Override
  public void rejected(DeadLetter letter) {
    lines.accept(letter);
  }

  private static @Nullable String text(@Nullable Utf8 text) {
    return text == null ? null : text.toString();
  }

  private record EntryLine(
      String what,
      String severity,
      String database,
      String user,
      String application,
      String backend,
      @Nullable Instant loggedAt,
      String message,
      @Nullable String detail,
      @Nullable String context,
      @Nullable String statement,
      String place) {}

  private record ExecutionLine(
      String what,
      String database,
      String user,
      String statement,
      List<@Nullable String> parameters,
      @Nullable Double elapsedMs,
      long queryId,
      @Nullable String fingerprint,
      String place) {}

  private record MinorLine(String what, String kind, String statement, double elapsedMs) {}
}
