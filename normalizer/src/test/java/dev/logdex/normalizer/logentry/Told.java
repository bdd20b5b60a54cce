package dev.logdex.normalizer.logentry;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logdex.normalizer.event.DeadLetter;
import dev.logdex.normalizer.event.DeadLetterReason;
import dev.logdex.normalizer.statement.Execution;
import dev.logdex.normalizer.statement.LogEntry;
import dev.logdex.normalizer.statement.LoggedPlan;
import dev.logdex.normalizer.statement.SeenEntry;
import dev.logdex.normalizer.statement.SeenExecution;
import dev.logdex.normalizer.statement.StatementEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Takes down what a log tells, and feeds it. */
final class Told implements LogSink {
  static final Instant ARRIVED = Instant.parse("2026-11-21T12:00:00Z");

  final List<SeenEntry> entries = new ArrayList<>();
  final List<SeenExecution> executions = new ArrayList<>();
  final List<DeadLetter> letters = new ArrayList<>();
  final List<String> applications = new ArrayList<>();
  final List<String> contexts = new ArrayList<>();

  /** Everything in the order told, to compare runs. */
  final List<Object> all = new ArrayList<>();

  static Told by(String log) {
    return by(LogSettings.defaults(), log);
  }

  static Told by(LogSettings settings, String log) {
    return by(settings, log.getBytes(UTF_8));
  }

  static Told by(LogSettings settings, byte[] log) {
    Told told = new Told();
    InspectableLog reader = SourceLogs.open("source", settings, told);
    feed(reader, log);
    reader.flush();
    return told;
  }

  static void feed(SourceLog reader, String log) {
    feed(reader, log.getBytes(UTF_8));
  }

  static void feed(SourceLog reader, byte[] log) {
    reader.accept(log, 0, log.length, "log", ARRIVED);
  }

  @Override
  public void entry(LogEntry entry) {
    entries.add(SeenEntry.of(entry));
    applications.add(entry.application());
    if (entry.context() != null) {
      contexts.add(entry.context().toString());
    }
    all.add(SeenEntry.of(entry));
  }

  @Override
  public void execution(Execution execution) {
    executions.add(SeenExecution.of(execution));
    all.add(SeenExecution.of(execution));
  }

  @Override
  public void event(StatementEvent event) {
    all.add(event.toString()); // its texts are views
  }

  @Override
  public void plan(LoggedPlan plan) {
    all.add(plan.toString());
  }

  @Override
  public void rejected(DeadLetter letter) {
    letters.add(letter);
    all.add(letter);
  }

  List<String> statements() {
    return executions.stream().map(SeenExecution::statement).toList();
  }

  List<DeadLetterReason> reasons() {
    return letters.stream().map(DeadLetter::reason).toList();
  }

  /** Keeps the pieces that a log gives, as a store would. */
  static final class Store {
    final Map<String, byte[]> pieces = new HashMap<>();

    void drain(SourceLog log) {
      log.drainChanges(
          (name, piece) -> {
            if (piece == null) {
              pieces.remove(name);
            } else {
              pieces.put(name, piece);
            }
          });
    }
  }
}
