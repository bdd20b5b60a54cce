package dev.logdex.ingest;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says in the log, at most once in a while each, what is being dropped, cut or kept on disk. */
final class LossReport implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LossReport.class);

  private final List<Watched> all = new ArrayList<>();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "loss-report");
            thread.setDaemon(true);
            return thread;
          });

  /** A count that should not grow. */
  private static final class Watched {
    private final String what;
    private final LongSupplier count;
    private long told;

    Watched(String what, LongSupplier count) {
      this.what = what;
      this.count = count;
    }

    void tell() {
      long now = count.getAsLong();
      if (now > told) {
        LOG.warn("{} {}, {} in all", now - told, what, now);
        told = now;
      }
    }
  }

  LossReport(Duration interval) {
    clock.scheduleWithFixedDelay(
        this::tell, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Watches a count, what it counts being told in the plural. */
  synchronized LossReport watch(String what, LongSupplier count) {
    all.add(new Watched(what, count));
    return this;
  }

  /** Tells what was not told yet. */
  @Override
  public void close() {
    clock.shutdownNow();
    tell();
  }

  private synchronized void tell() {
    all.forEach(Watched::tell);
  }
}
