package dev.logdex.embedded;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * The time zones that Debian's Postgres reads from the system, always at the same place. Without
 * them it refuses every client that names its own, as JDBC does; small images have none.
 */
final class TimeZones {
  private static final Path FOLDER = Path.of("/usr/share/zoneinfo");
  private static final Duration TIMEOUT = Duration.ofMinutes(5);

  private TimeZones() {}

  /**
   * Installs what is missing, which takes root.
   *
   * @throws PostgresUnavailableException when it is missing and cannot be installed
   */
  static void require(Consumer<String> progress) {
    if (Files.isDirectory(FOLDER)) {
      return;
    }
    if (OrdinaryUser.isRoot()) {
      progress.accept("installing tzdata");
      Command.run(TIMEOUT, List.of("apt-get", "update"));
      Command.run(
          TIMEOUT,
          List.of(
              "env",
              "DEBIAN_FRONTEND=noninteractive",
              "apt-get",
              "install",
              "--yes",
              "--no-install-recommends",
              "tzdata"));
    }
    if (!Files.isDirectory(FOLDER)) {
      throw new PostgresUnavailableException(
          "Postgres needs %s: apt-get install tzdata".formatted(FOLDER));
    }
  }
}
