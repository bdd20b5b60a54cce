package dev.logdex.embedded;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/**
 * The running server of a data folder, as its {@code postmaster.pid} shows it: the process id in
 * the first line, the state in the eighth.
 */
final class Postmaster {
  private static final int STATE_LINE = 7;
  private static final Duration SIGNAL_TIMEOUT = Duration.ofSeconds(5);

  private Postmaster() {}

  /** Whether the server takes connections. */
  static boolean isReady(Path data) {
    List<String> lines = pidFile(data);
    return lines.size() > STATE_LINE && lines.get(STATE_LINE).strip().equals("ready");
  }

  /** The process id of the server, if there is one for the folder at this moment. */
  static Optional<Long> pid(Path data) {
    return pidFile(data).stream()
        .limit(1)
        .map(line -> Long.parseLong(line.strip()))
        .filter(pid -> worksIn(pid, data))
        .findFirst();
  }

  /** Sends a signal, by its name without SIG: INT ends all sessions first, QUIT just ends. */
  static void signal(long pid, String signal) {
    // the shell's own kill, because a small system may have no other
    Command.run(SIGNAL_TIMEOUT, List.of("sh", "-c", "kill -" + signal + " " + pid));
  }

  /** Ends a server that has, for once, survived the process that started it. */
  static void endAbandoned(Path data) {
    pid(data)
        .flatMap(ProcessHandle::of)
        .ifPresent(
            server -> {
              signal(server.pid(), "QUIT");
              if (!hasEnded(server)) {
                server.destroyForcibly();
                hasEnded(server);
              }
            });
  }

  private static boolean hasEnded(ProcessHandle server) {
    try {
      server.onExit().get(SIGNAL_TIMEOUT.toSeconds(), SECONDS);
      return true;
    } catch (ExecutionException | TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  // A process id alone may by now be anybody's; a server works in its data folder.
  private static boolean worksIn(long pid, Path data) {
    try {
      return Files.isSameFile(Path.of("/proc", Long.toString(pid), "cwd"), data);
    } catch (IOException gone) {
      return false;
    }
  }

  private static List<String> pidFile(Path data) {
    try {
      return Files.readAllLines(data.resolve("postmaster.pid"));
    } catch (IOException notThere) {
      return List.of();
    }
  }
}
