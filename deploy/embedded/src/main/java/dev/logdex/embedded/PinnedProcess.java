package dev.logdex.embedded;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * A process that was started by a thread which lives as long as it does.
 *
 * <p>The signal that a process asks for at its parent's death (PR_SET_PDEATHSIG) comes when the
 * thread ends that started it, not the whole process: from a thread of a pool, or of a test with a
 * timeout, it would come while everybody is still using the server.
 */
final class PinnedProcess {
  private final Process process;

  private PinnedProcess(Process process) {
    this.process = process;
  }

  static PinnedProcess start(String threadName, ProcessBuilder builder) {
    CompletableFuture<Process> started = new CompletableFuture<>();
    Thread thread = new Thread(() -> startAndWait(builder, started), threadName);
    thread.setDaemon(true);
    thread.start();
    try {
      return new PinnedProcess(started.join());
    } catch (CompletionException e) {
      throw new UncheckedIOException(
          "cannot start " + builder.command().get(0), (IOException) e.getCause());
    }
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  void kill() {
    process.destroyForcibly();
  }

  /** Whether the process has ended before the timeout. */
  boolean awaitEnd(Duration timeout) {
    try {
      return process.waitFor(timeout.toMillis(), MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static void startAndWait(ProcessBuilder builder, CompletableFuture<Process> started) {
    try {
      started.complete(builder.start());
    } catch (IOException e) {
      started.completeExceptionally(e);
      return;
    }
    boolean ended = false;
    while (!ended) {
      try {
        started.join().waitFor();
        ended = true;
      } catch (InterruptedException ignored) {
        // the thread must not end before the process
      }
    }
  }
}
