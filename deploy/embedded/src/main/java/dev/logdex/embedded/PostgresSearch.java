package dev.logdex.embedded;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Tries the ways to a Postgres with HypoPG in their order, and says why each of them failed. */
final class PostgresSearch {
  private final Map<String, String> environment;
  private final Map<String, String> serverSettings;
  private final Consumer<String> progress;

  PostgresSearch(
      Map<String, String> environment,
      Map<String, String> serverSettings,
      Consumer<String> progress) {
    this.environment = Map.copyOf(environment);
    this.serverSettings = Map.copyOf(serverSettings);
    this.progress = progress;
  }

  LocalPostgres start() {
    String given = environment.getOrDefault(LocalPostgres.ADDRESS_VARIABLE, "");
    // who names a server does not want another one, so there is no next way
    return given.isBlank() ? startFirst(ways()) : GivenPostgres.open(given);
  }

  /** Tries the ways in their order; the key of each names it to a person. */
  static LocalPostgres startFirst(Map<String, Supplier<LocalPostgres>> ways) {
    List<String> failures = new ArrayList<>();
    List<RuntimeException> causes = new ArrayList<>();
    for (Map.Entry<String, Supplier<LocalPostgres>> way : ways.entrySet()) {
      try {
        return way.getValue().get();
      } catch (RuntimeException e) { // whatever is wrong with one way, the next may work
        failures.add("- " + way.getKey() + ": " + e.getMessage());
        causes.add(e);
      }
    }
    PostgresUnavailableException unavailable = new PostgresUnavailableException(advice(failures));
    causes.forEach(unavailable::addSuppressed);
    throw unavailable;
  }

  private Map<String, Supplier<LocalPostgres>> ways() {
    Map<String, Supplier<LocalPostgres>> ways = new LinkedHashMap<>();
    ways.put("an installed Postgres", this::startInstalled);
    ways.put("Docker", this::startContainer);
    ways.put("packages of the distribution", this::startUnpacked);
    return ways;
  }

  private LocalPostgres startInstalled() {
    PostgresPrograms programs = InstalledPostgres.find(environment);
    progress.accept("starting " + programs.description());
    return LaunchedPostgres.start(programs, serverSettings);
  }

  private LocalPostgres startContainer() {
    return PostgresContainer.start(environment, serverSettings, progress);
  }

  private LocalPostgres startUnpacked() {
    PostgresPrograms programs =
        new DebianPackages(CacheFolder.of(environment), progress).unpacked();
    progress.accept("starting " + programs.description());
    return LaunchedPostgres.start(programs, serverSettings);
  }

  private static String advice(List<String> failures) {
    return """
        no Postgres with HypoPG could be started:
        %s
        Do one of these and try again:
        - install Postgres and its package of HypoPG; on Debian and Ubuntu
          apt-get install postgresql postgresql-NN-hypopg   (NN is Postgres's major version)
        - install Docker and let this user use it
        - set %s=postgresql://user:password@host:port/database to a server
          that has HypoPG and where that user is a superuser"""
        .formatted(String.join("\n", failures), LocalPostgres.ADDRESS_VARIABLE);
  }
}
