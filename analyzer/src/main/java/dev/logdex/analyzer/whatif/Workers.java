package dev.logdex.analyzer.whatif;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Threads that wait for the analysis database: one for each of its sessions. What they find out is
 * put together in the order of the questions, whatever answer comes first.
 */
public final class Workers implements AutoCloseable {
  private final ExecutorService threads;

  /** Workers, at least one. */
  public Workers(int most) {
    this.threads =
        Executors.newFixedThreadPool(
            most,
            task -> {
              Thread thread = new Thread(task, "logdex-what-if");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Does the same for every item; not to be called by what a worker does.
   *
   * @return the results in the order of the items
   * @throws RuntimeException the first one by the order of the items, after all work has ended
   */
  public <A, B> List<B> map(List<A> items, Function<A, B> work) {
    List<Future<B>> futures = new ArrayList<>();
    AtomicReference<@Nullable DatabaseUnavailableException> away = new AtomicReference<>();
    for (A item : items) {
      futures.add(threads.submit(() -> unlessAway(away, work, item)));
    }
    List<B> results = new ArrayList<>();
    Throwable failure = null;
    for (Future<B> future : futures) {
      try {
        results.add(future.get());
      } catch (ExecutionException e) {
        failure = failure == null ? e.getCause() : failure;
      } catch (InterruptedException e) {
        futures.forEach(each -> each.cancel(true));
        Thread.currentThread().interrupt();
        throw new DatabaseUnavailableException("the analyzer is being closed");
      }
    }
    if (failure != null) {
      throw thrown(failure);
    }
    return results;
  }

  /** A database that is away is not waited for once for each item. */
  private static <A, B> B unlessAway(
      AtomicReference<@Nullable DatabaseUnavailableException> away, Function<A, B> work, A item) {
    DatabaseUnavailableException known = away.get();
    if (known != null) {
      throw known;
    }
    try {
      return work.apply(item);
    } catch (DatabaseUnavailableException e) {
      away.set(e);
      throw e;
    }
  }

  private static RuntimeException thrown(Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    return failure instanceof RuntimeException exception
        ? exception
        : new IllegalStateException(failure);
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
