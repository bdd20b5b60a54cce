package dev.logdex.deploy;

import dev.logdex.ingest.kafka.LogShipper;
import dev.logdex.ingest.kafka.ShippedLog;
import dev.logdex.ingest.kafka.ShipperSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Ships a growing log on a thread of its own, until told that it has come to its end. */
final class LogFollower implements AutoCloseable {
  private final CompletableFuture<ShippedLog> shipped = new CompletableFuture<>();
  private final Thread thread;
  private volatile boolean ended;

  private LogFollower(ShipperSettings settings, Path file, String source) {
    thread =
        new Thread(
            () -> {
              try (LogShipper shipper = LogShipper.open(settings)) {
                shipped.complete(shipper.follow(file, source, () -> ended));
              } catch (IOException e) {
                shipped.completeExceptionally(new UncheckedIOException(e));
              } catch (RuntimeException e) {
                shipped.completeExceptionally(e);
              }
            },
            "follow-log");
    thread.setDaemon(true);
  }

  static LogFollower start(ShipperSettings settings, Path file, String source) {
    LogFollower follower = new LogFollower(settings, file, source);
    follower.thread.start();
    return follower;
  }

  /**
   * Ships what is still there, and ends.
   *
   * @throws CommandFailure when not everything could be shipped
   */
  ShippedLog finish() {
    ended = true;
    try {
      return shipped.join();
    } catch (CompletionException e) {
      throw new CommandFailure("The log could not be shipped: " + Failures.describe(e), e);
    }
  }

  /** Ends without waiting for anything. */
  @Override
  public void close() {
    ended = true;
    thread.interrupt();
  }
}
