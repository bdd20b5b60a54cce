package dev.logdex.normalizer.logentry;

import dev.logdex.normalizer.event.DeadLetter;
import dev.logdex.normalizer.statement.Execution;
import dev.logdex.normalizer.statement.LogEntry;
import dev.logdex.normalizer.statement.LoggedPlan;
import dev.logdex.normalizer.statement.StatementEvent;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what a sink has thrown, so that it is told apart from a defect of the reading, which is
 * survived: a sink that cannot go on must stop the reading.
 */
final class GuardedSink implements LogSink {
  private final LogSink sink;
  private @Nullable RuntimeException thrown;

  GuardedSink(LogSink sink) {
    this.sink = sink;
  }

  /** Throws once more what the sink has thrown, if it has. */
  void rethrow() {
    RuntimeException failure = thrown;
    if (failure != null) {
      throw failure;
    }
  }

  @Override
  public void entry(LogEntry entry) {
    tell(sink::entry, entry);
  }

  @Override
  public void execution(Execution execution) {
    tell(sink::execution, execution);
  }

  @Override
  public void event(StatementEvent event) {
    tell(sink::event, event);
  }

  @Override
  public void plan(LoggedPlan plan) {
    tell(sink::plan, plan);
  }

  @Override
  public void rejected(DeadLetter letter) {
    tell(sink::rejected, letter);
  }

  private <T> void tell(Consumer<T> to, T what) {
    try {
      to.accept(what);
    } catch (RuntimeException e) { // whatever it is, it is not about the log
      thrown = e;
      throw e;
    }
  }
}
