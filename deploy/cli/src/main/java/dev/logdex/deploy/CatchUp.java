package dev.logdex.deploy;

import dev.logdex.deploy.pipeline.Backlog;
import dev.logdex.deploy.terminal.Amounts;
import dev.logdex.runtime.Stage;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/** Waits until a stage has dealt with everything that was there, or has failed. */
final class CatchUp {
  private final Backlog backlog;
  private final Ticker ticker;

  CatchUp(Backlog backlog, Ticker ticker) {
    this.backlog = backlog;
    this.ticker = ticker;
  }

  /** What goes on while a stage is waited for. */
  interface Ticker {
    /**
     * Lets a moment pass.
     *
     * @param doing what is being waited for, for a person: {@code planning the statements}
     */
    void tick(String doing);

    /** Nothing is being waited for any more. */
    void done();
  }

  /** Returns when the group has committed everything that the topics hold now. */
  void await(Stage stage, String doing, String group, Collection<String> topics) {
    Map<TopicPartition, Long> ends = backlog.ends(topics);
    throwFailure(stage);
    for (long left = backlog.of(group, ends); left > 0; left = backlog.of(group, ends)) {
      ticker.tick(doing + ", " + Amounts.count(left, "record", "records") + " to go");
      throwFailure(stage);
    }
    ticker.done();
  }

  /** Lets a moment pass while something else is waited for. */
  void waitFor(String what) {
    ticker.tick(what);
  }

  /** Ends the command when a stage has ended by itself. */
  static void throwFailure(Stage stage) {
    Optional<Throwable> failure = stage.failure();
    if (failure.isPresent()) {
      throw new CommandFailure(
          "The "
              + stage.getClass().getSimpleName().toLowerCase(Locale.ROOT)
              + " gave up: "
              + Failures.describe(failure.get()),
          failure.get());
    }
  }
}
