package dev.logdex.normalizer.kafka;

import dev.logdex.normalizer.event.DeadLetter;
import dev.logdex.normalizer.event.QueryWindow;
import java.util.List;

/** What leaves the counting of a log: a part of a window, or something that was not understood. */
public sealed interface Outcome {
  /** Zero or one element, so that a stream can flatten it. */
  List<QueryWindow> windows();

  /** Zero or one element, so that a stream can flatten it. */
  List<DeadLetter> letters();

  /** Executions of one window, to be added to whatever else there is of it. */
  record Counted(QueryWindow window) implements Outcome {
    @Override
    public List<QueryWindow> windows() {
      return List.of(window);
    }

    @Override
    public List<DeadLetter> letters() {
      return List.of();
    }
  }

  /** A line or statement that could not be counted. */
  record Rejected(DeadLetter letter) implements Outcome {
    @Override
    public List<QueryWindow> windows() {
      return List.of();
    }

    @Override
    public List<DeadLetter> letters() {
      return List.of(letter);
    }
  }
}
