package dev.logdex.normalizer.window;

import dev.logdex.normalizer.event.QueryWindow;
import dev.logdex.normalizer.fingerprint.StatementNormalizer;
import dev.logdex.normalizer.statement.Execution;
import java.util.ArrayList;
import java.util.List;

/** Adds up the executions of a stretch of log, by database, statement and window. */
public final class WindowSums {
  private final OpenWindows windows;
  private final List<QueryWindow> taken = new ArrayList<>();

  public WindowSums(WindowLimits limits) {
    this.windows = new OpenWindows(limits, WindowCaps.DEFAULT);
  }

  /** Adds one execution, whose statement has just been read. */
  public void add(Execution execution, StatementNormalizer normalized) {
    windows.add(execution, normalized);
  }

  /** What was added. */
  public List<QueryWindow> windows() {
    taken.addAll(windows.takeAll());
    return List.copyOf(taken);
  }

  /** Executions that gave no sample because they were too long for one. */
  public long samplesDropped() {
    return windows.cuts().samplesTooLong();
  }

  /** Windows whose normalized text had to be cut. */
  public long textsCut() {
    return windows.cuts().textsCut();
  }
}
