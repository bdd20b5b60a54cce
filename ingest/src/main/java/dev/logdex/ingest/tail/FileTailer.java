package dev.logdex.ingest.tail;

import dev.logdex.ingest.outlet.LogOutlet;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Follows files on a thread of its own until it is closed. Lines leave at least once, and with
 * their file's identity and their place in it, so that who reads them can count them once.
 */
public final class FileTailer implements AutoCloseable {
  private static final Duration FAREWELL = Duration.ofSeconds(5);

  private final Tail tail;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread = new Thread(this::work, "file-tailer");
  private volatile @Nullable Throwable failure;

  private FileTailer(Tail tail) {
    this.tail = tail;
  }

  /**
   * Begins to follow.
   *
   * @param listener is called on the tailer's thread
   * @throws IOException when the state cannot be read, or another process has it
   */
  public static FileTailer open(TailOptions options, LogOutlet outlet, TailListener listener)
      throws IOException {
    FileTailer tailer = new FileTailer(Tail.open(options, outlet, listener));
    tailer.thread.setDaemon(true);
    tailer.thread.start();
    return tailer;
  }

  /** What has come of it so far. */
  public TailCounts counts() {
    return tail.counts();
  }

  /** Why it has ended by itself; empty while it goes on. */
  public Optional<Throwable> failure() {
    return Optional.ofNullable(failure);
  }

  /**
   * Sends what is there, waits a little for it to be safe, remembers how far it came. Does not tell
   * that logs are at their end: the next start may go on in the middle of an entry, or between two
   * that belong together, and it tells the end of those that have stayed quiet.
   */
  @Override
  public void close() {
    closing.countDown();
    try {
      thread.join(2 * FAREWELL.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  // an Error too: who asks for the failure must learn that nothing is read any more
  private void work() {
    try (tail) {
      Duration pause = Duration.ZERO;
      while (!closing.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
        pause = tail.look(System.nanoTime());
      }
      sayFarewell();
    } catch (IOException | RuntimeException | Error | InterruptedException e) {
      failure = e;
    }
  }

  private void sayFarewell() throws IOException, InterruptedException {
    long end = System.nanoTime() + FAREWELL.toNanos();
    boolean done = false;
    while (!done && System.nanoTime() - end < 0) {
      done = tail.look(System.nanoTime()).equals(tail.restInterval()) && tail.isAllSafe();
      TimeUnit.MILLISECONDS.sleep(1);
    }
    tail.saveNow(System.nanoTime());
  }
}
