package dev.logdex.recommender;

import static java.util.Objects.requireNonNull;

import dev.logdex.recommender.usage.IndexUsage;
import dev.logdex.recommender.usage.NodeUsage;
import dev.logdex.recommender.usage.UsageSource;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads all sources of production's figures again and again, on a thread of its own, so that what
 * decides never waits for them. It is started once.
 */
public final class UsageReader implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(UsageReader.class);
  private static final Duration GRACE = Duration.ofSeconds(4);

  private final List<UsageSource> sources;
  private final Duration interval;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final CountDownLatch first = new CountDownLatch(1);
  private final Thread thread = new Thread(this::work, "usage-reader");
  private volatile IndexUsage current = IndexUsage.NOTHING_KNOWN;

  /**
   * A reader.
   *
   * @param interval between the end of one reading and the beginning of the next
   */
  public UsageReader(List<UsageSource> sources, Duration interval) {
    this.sources = List.copyOf(sources);
    this.interval = requireNonNull(interval, "interval");
    thread.setDaemon(true);
  }

  /** Begins to read; without sources there is nothing to do. */
  public void start() {
    if (!sources.isEmpty()) {
      thread.start();
    }
  }

  /**
   * Waits for the first reading, so that nothing is decided on figures that are about to come.
   *
   * @param patience how long at most
   */
  public void awaitFirst(Duration patience) throws InterruptedException {
    if (!sources.isEmpty() && !first.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
      LOG.warn("still reading how production uses its indexes; going on without it for now");
    }
  }

  /** What was read last; nothing is known before the first reading is through. For any thread. */
  public IndexUsage current() {
    return current;
  }

  /** Ends the reading; a server that is just being asked is not waited for long. */
  @Override
  public void close() {
    closed.countDown();
    thread.interrupt();
    try {
      thread.join(GRACE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void work() {
    try {
      do {
        read();
      } while (!closed.await(interval.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      LOG.debug("no longer reading how indexes are used", e); // closed while waiting
    }
  }

  private void read() {
    List<NodeUsage> nodes = sources.stream().flatMap(source -> read(source).stream()).toList();
    for (NodeUsage node : nodes) {
      if (node.reading() == null) {
        LOG.warn(
            "cannot read how {} of {} uses its indexes, so none is called unused: {}",
            node.node(),
            node.database(),
            node.failure());
      }
    }
    current = new IndexUsage(nodes).after(current);
    UsageMetrics.read(nodes);
    first.countDown();
  }

  /** A source's own bug must not end the reading of the others: its nodes are not known. */
  private static List<NodeUsage> read(UsageSource source) {
    try {
      return source.read();
    } catch (RuntimeException e) {
      LOG.error("a source of index use failed", e);
      return List.of(
          NodeUsage.unknown(NodeUsage.ANY_DATABASE, source.getClass().getSimpleName(), "a bug"));
    }
  }
}
