package dev.logdex.runtime;

import java.util.Optional;

/** A running stage; closing it commits what is done and leaves no thread, port or lock behind. */
public interface Stage extends AutoCloseable {
  /** Begins to work on threads of its own and returns. */
  void start();

  /**
   * The error that ended the stage by itself, if one did; a stage that merely waits for a broker or
   * a database has none.
   */
  Optional<Throwable> failure();

  @Override
  void close();
}
