package dev.logdex.normalizer.logentry;

import dev.logdex.normalizer.event.DeadLetter;
import dev.logdex.normalizer.statement.Execution;
import dev.logdex.normalizer.statement.LogEntry;
import dev.logdex.normalizer.statement.LoggedPlan;
import dev.logdex.normalizer.statement.StatementEvent;

/** Takes what a source's log turns out to say, in the order in which it becomes certain. */
public interface LogSink {
  /** A whole log entry was read, whatever it says. Called before what it gives rise to. */
  void entry(LogEntry entry);

  void execution(Execution execution);

  void event(StatementEvent event);

  void plan(LoggedPlan plan);

  void rejected(DeadLetter letter);
}
