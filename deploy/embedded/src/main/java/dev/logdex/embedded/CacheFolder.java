package dev.logdex.embedded;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Where things that were downloaded are kept for the next run. */
final class CacheFolder {
  private CacheFolder() {}

  /**
   * {@code $LOGDEX_CACHE}; else {@code /var/cache/logdex} for root, whose home other users cannot
   * read, though the server has to run as one; else {@code logdex} in the user's own cache.
   */
  static Path of(Map<String, String> environment) {
    return of(environment, OrdinaryUser.isRoot());
  }

  static Path of(Map<String, String> environment, boolean isRoot) {
    return set(environment, "LOGDEX_CACHE")
        .orElseGet(() -> isRoot ? Path.of("/var/cache/logdex") : userCache(environment))
        .toAbsolutePath();
  }

  private static Path userCache(Map<String, String> environment) {
    return set(environment, "XDG_CACHE_HOME")
        .or(() -> set(environment, "HOME").map(home -> home.resolve(".cache")))
        .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache"))
        .resolve("logdex");
  }

  private static Optional<Path> set(Map<String, String> environment, String variable) {
    return Optional.ofNullable(environment.get(variable))
        .filter(value -> !value.isBlank())
        .map(Path::of);
  }
}
