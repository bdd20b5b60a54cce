package dev.logdex.deploy;

import dev.logdex.deploy.pipeline.Backlog;
import dev.logdex.deploy.terminal.Amounts;
import dev.logdex.deploy.terminal.Terminal;
import dev.logdex.runtime.Stage;
import java.time.Duration;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/** Waits until a stage has dealt with everything that was there, or has failed. */
final class CatchUp {
  private static final long PAUSE_MS = 100;
  private static final Duration NOTE_INTERVAL = Duration.ofSeconds(30);

  private final Backlog backlog;
  private final Terminal terminal;

  CatchUp(Backlog backlog, Terminal terminal) {
    this.backlog = backlog;
    this.terminal = terminal;
  }

  /**
   * Returns when the group has committed everything that the topics hold now.
   *
   * @param doing what the stage does, for a person: {@code planning the statements}
   */
  void await(Stage stage, String doing, String group, Collection<String> topics) {
    Map<TopicPartition, Long> ends = backlog.ends(topics);
    long nextNote = System.nanoTime() + NOTE_INTERVAL.toNanos();
    for (long left = left(stage, group, ends); left > 0; left = left(stage, group, ends)) {
      String state = doing + ", " + Amounts.count(left, "record", "records") + " to go";
      terminal.status(state);
      if (System.nanoTime() > nextNote) {
        terminal.note(state);
        nextNote = System.nanoTime() + NOTE_INTERVAL.toNanos();
      }
      pause();
    }
    terminal.clearStatus();
  }

  private long left(Stage stage, String group, Map<TopicPartition, Long> ends) {
    throwFailure(stage);
    return backlog.of(group, ends);
  }

  /** Ends the command when a stage has ended by itself. */
  static void throwFailure(Stage stage) {
    Optional<Throwable> failure = stage.failure();
    if (failure.isPresent()) {
      throw new CommandFailure(
          "The " + word(stage) + " gave up: " + Failures.describe(failure.get()), failure.get());
    }
  }

  /** Waits a moment. */
  static void pause() {
    try {
      Thread.sleep(PAUSE_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure("stopped", e);
    }
  }

  private static String word(Stage stage) {
    return stage.getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }
}
