package dev.logdex.deploy;

import dev.logdex.deploy.terminal.Terminal;
import java.time.Duration;

/**
 * Shows what is being waited for: all the time on a terminal, now and then elsewhere. Stages wait
 * patiently for what is out of reach; a person does not, so that is looked for now and then, too.
 */
final class Waiting implements CatchUp.Ticker {
  private static final Duration NOTE_INTERVAL = Duration.ofSeconds(30);
  private static final Duration CHECK_INTERVAL = Duration.ofSeconds(10);
  private static final long PAUSE_MS = 100;

  private final Terminal terminal;
  private final Runnable check;
  private long lastNote = System.nanoTime();
  private long lastCheck = System.nanoTime();

  /**
   * Begins to wait.
   *
   * @param check throws when there is no sense in waiting on
   */
  Waiting(Terminal terminal, Runnable check) {
    this.terminal = terminal;
    this.check = check;
  }

  @Override
  public void tick(String doing) {
    terminal.status(doing);
    if (System.nanoTime() - lastNote > NOTE_INTERVAL.toNanos()) {
      terminal.note(doing);
      lastNote = System.nanoTime();
    }
    if (System.nanoTime() - lastCheck > CHECK_INTERVAL.toNanos()) {
      check.run();
      lastCheck = System.nanoTime();
    }
    pause();
  }

  @Override
  public void done() {
    terminal.clearStatus();
  }

  /** Lets a moment pass before a broker is asked again, which tells of no progress by itself. */
  static void pause() {
    try {
      Thread.sleep(PAUSE_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure("stopped", e);
    }
  }
}
