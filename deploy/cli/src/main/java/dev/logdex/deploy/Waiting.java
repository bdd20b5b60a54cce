package dev.logdex.deploy;

import dev.logdex.deploy.terminal.Terminal;
import java.time.Duration;

/** Shows what is being waited for: all the time on a terminal, now and then elsewhere. */
final class Waiting implements CatchUp.Ticker {
  private static final Duration NOTE_INTERVAL = Duration.ofSeconds(30);
  private static final long PAUSE_MS = 100;

  private final Terminal terminal;
  private long lastNote = System.nanoTime();

  Waiting(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void tick(String doing) {
    terminal.status(doing);
    if (System.nanoTime() - lastNote > NOTE_INTERVAL.toNanos()) {
      terminal.note(doing);
      lastNote = System.nanoTime();
    }
    pause();
  }

  @Override
  public void done() {
    terminal.clearStatus();
  }

  /** Lets a moment pass. */
  static void pause() {
    try {
      Thread.sleep(PAUSE_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure("stopped", e);
    }
  }
}
