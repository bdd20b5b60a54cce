package dev.logdex.normalizer.window;

import dev.logdex.normalizer.event.QueryWindow;
import java.time.Instant;

/**
 * The parts of one window while they are added up, which comes out the same in whatever order. Not
 * thread-safe.
 */
public final class WindowSum {
  private final Identity identity;
  private final String part;
  private final boolean ofOthers;
  private final Figures figures = new Figures();

  private WindowSum(Identity identity, String part) {
    this.identity = identity;
    this.part = part;
    this.ofOthers = identity.fingerprint().equals(QueryWindow.OTHER);
  }

  /** A window that goes on from what there is of it. */
  public static WindowSum of(QueryWindow window) {
    return ofPart(window, window.part());
  }

  /** A window that goes on from what there is of it, as a part of itself with that name. */
  public static WindowSum ofPart(QueryWindow window, String part) {
    WindowSum sum = new WindowSum(Identity.of(window), part);
    sum.add(window);
    return sum;
  }

  /**
   * The window of other statements in the same database and time, begun with this one, as a part
   * with that name.
   */
  public static WindowSum ofOthers(QueryWindow window, String part) {
    WindowSum sum =
        new WindowSum(
            Identity.ofOthers(window.database(), window.windowStart(), window.windowSize()), part);
    sum.add(window);
    return sum;
  }

  /** Adds what there is elsewhere of the same window, or of any when this is the one of others. */
  public void add(QueryWindow other) {
    if (ofOthers) {
      figures.addOther(other);
    } else {
      figures.add(other);
    }
  }

  /** The window with all samples from which some may be chosen later. */
  public QueryWindow soFar() {
    return figures.window(identity, part, figures.samples.all());
  }

  /** The window with no more than that many samples, the best it has. */
  public QueryWindow finished(int mostSamples) {
    return figures.window(identity, part, figures.samples.best(mostSamples));
  }

  /** When the window ends, in event time. */
  public Instant end() {
    return identity.start().plus(identity.size());
  }

  /** About how many bytes of memory it takes. */
  public long weight() {
    return figures.weight() + identity.text().length();
  }
}
