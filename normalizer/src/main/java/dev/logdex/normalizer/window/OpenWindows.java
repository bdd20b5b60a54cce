package dev.logdex.normalizer.window;

import dev.logdex.normalizer.event.QueryWindow;
import dev.logdex.normalizer.fingerprint.StatementNormalizer;
import dev.logdex.normalizer.statement.Execution;
import dev.logdex.normalizer.statement.LoggedPlan;
import dev.logdex.normalizer.statement.StatementEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * All windows of one task that are still being added to, by database, statement and minute. They
 * live in memory; what changed is drained as pieces of bytes whenever the task commits. Plain
 * figures and byte arrays, because {@link #add} runs once for every logged statement. Not
 * thread-safe.
 */
public final class OpenWindows {
  /** Windows to which nothing has been added. */
  public OpenWindows(WindowLimits limits, WindowCaps caps) {}

  /**
   * Adds one execution.
   *
   * @param normalized has just read the execution's statement
   */
  public void add(Execution execution, StatementNormalizer normalized) {}

  /**
   * Adds what happened to a statement; it is no call.
   *
   * @param normalized has just read the event's statement
   */
  public void add(StatementEvent event, StatementNormalizer normalized) {}

  /**
   * Adds a plan; it is no call.
   *
   * @param normalized has just read the plan's statement
   */
  public void add(LoggedPlan plan, StatementNormalizer normalized) {}

  /** Takes those whose end is at least {@code grace} behind {@code eventTime}; oldest first. */
  public List<QueryWindow> takeEnded(Instant eventTime, Duration grace) {
    return List.of();
  }

  /** Takes the oldest while there are more than the caps allow, in number or bytes. */
  public List<QueryWindow> takeOverflow() {
    return List.of();
  }

  /** Takes all; oldest first. */
  public List<QueryWindow> takeAll() {
    return List.of();
  }

  /**
   * Gives the pieces that changed since the last time, each once: under its name the new bytes, or
   * null when the piece is gone. Names are unique within these windows, and none is longer than 200
   * characters beside the database's name.
   */
  public void drainChanges(BiConsumer<String, byte @Nullable []> changes) {}

  /** Goes on from the pieces that were drained; only before anything is added. */
  public void restore(Iterable<Map.Entry<String, byte[]>> pieces) {}

  /** What the bounds have cut since these windows were created; not kept over a restart. */
  public WindowCuts cuts() {
    return new WindowCuts(0, 0, 0, 0, 0, 0, 0, 0);
  }

  /** Windows held. */
  public int size() {
    return 0;
  }

  /** About how many bytes of memory they take. */
  public long weight() {
    return 0;
  }
}
