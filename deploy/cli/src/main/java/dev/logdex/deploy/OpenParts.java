package dev.logdex.deploy;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a command has opened: closed newest first, by the command itself or, when the process is
 * told to end, by a shutdown hook. One of them does it; the other waits for it.
 */
final class OpenParts implements AutoCloseable {
  private static final Duration LONGEST_SHUTDOWN = Duration.ofSeconds(10);
  private static volatile boolean processEnding;

  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final Thread hook = new Thread(this::closeForExit, "logdex-shutdown");
  private boolean closed;
  private int opening;

  OpenParts() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Whether the process was told to end while a command was at work. */
  static boolean isProcessEnding() {
    return processEnding || hooksAreRunning();
  }

  // for the moment between the signal and the hook's first step, only the runtime knows
  private static boolean hooksAreRunning() {
    Thread probe = new Thread(() -> {}, "logdex-probe");
    try {
      Runtime.getRuntime().addShutdownHook(probe);
      Runtime.getRuntime().removeShutdownHook(probe);
      return false;
    } catch (IllegalStateException shutdownInProgress) {
      return true;
    }
  }

  /**
   * Opens a part that takes its time. When the process is told to end meanwhile, it is waited for
   * and closed again, so that nothing half open is left behind.
   */
  <T extends AutoCloseable> T open(Supplier<T> opener) {
    synchronized (this) {
      requireOpen();
      opening++;
    }
    try {
      return add(opener.get());
    } finally {
      synchronized (this) {
        opening--;
        notifyAll();
      }
    }
  }

  /** Takes over the closing of a part; closes it at once when the rest is closed already. */
  synchronized <T extends AutoCloseable> T add(T part) {
    if (closed) {
      closeQuietly(part);
    }
    requireOpen();
    parts.push(part);
    return part;
  }

  private void requireOpen() {
    if (closed) {
      throw new CommandFailure("stopped");
    }
  }

  /** Closes one part before the others, when it is no longer needed. */
  synchronized void close(AutoCloseable part) {
    if (parts.remove(part)) {
      closeQuietly(part);
    }
  }

  @Override
  public void close() {
    closeAll();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException shutdownInProgress) {
      // the hook is at work, and finds all closed
    }
  }

  private synchronized void closeAll() {
    closed = true;
    while (!parts.isEmpty()) {
      closeQuietly(parts.pop());
    }
  }

  private synchronized void awaitOpening() {
    closed = true;
    try {
      while (opening > 0) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void closeForExit() {
    processEnding = true;
    Thread closing =
        new Thread(
            () -> {
              awaitOpening();
              closeAll();
            },
            "logdex-closing");
    closing.setDaemon(true);
    closing.start();
    try {
      // a part that hangs must not keep a person waiting; its data is safe without a farewell
      closing.join(LONGEST_SHUTDOWN.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  // one part that does not close must not keep the others open, whatever it throws: AutoCloseable
  // declares no narrower type
  private static void closeQuietly(AutoCloseable part) {
    try {
      part.close();
    } catch (Exception e) {
      logger().warn("a part did not close cleanly", e);
    }
  }

  private static Logger logger() {
    return LoggerFactory.getLogger(OpenParts.class);
  }
}
