package dev.logdex.normalizer.source;

import dev.logdex.normalizer.event.DeadLetter;
import dev.logdex.normalizer.logentry.LogSink;
import dev.logdex.normalizer.statement.Execution;
import dev.logdex.normalizer.statement.LogEntry;
import dev.logdex.normalizer.statement.LoggedPlan;
import dev.logdex.normalizer.statement.StatementEvent;
import org.jspecify.annotations.Nullable;

/** Hands on what a log tells to the tally of the moment. */
final class CurrentTally implements LogSink {
  private @Nullable Tally tally;

  void tellTo(Tally next) {
    tally = next;
  }

  @Override
  public void entry(LogEntry entry) {
    current().entry(entry);
  }

  @Override
  public void execution(Execution execution) {
    current().execution(execution);
  }

  @Override
  public void event(StatementEvent event) {
    current().event(event);
  }

  @Override
  public void plan(LoggedPlan plan) {
    current().plan(plan);
  }

  @Override
  public void rejected(DeadLetter letter) {
    current().rejected(letter);
  }

  private Tally current() {
    if (tally == null) {
      throw new IllegalStateException("the log speaks though it was not asked");
    }
    return tally;
  }
}
