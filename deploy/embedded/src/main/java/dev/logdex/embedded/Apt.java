package dev.logdex.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Asks apt for packages without changing what is installed, and without its locks. */
final class Apt {
  private static final Duration TIMEOUT = Duration.ofMinutes(10);
  private static final Pattern HYPOPG =
      Pattern.compile("^postgresql-(\\d+)-hypopg$", Pattern.MULTILINE);

  /** A package that is not installed yet; one that would be upgraded has its old version next. */
  private static final Pattern NEW_PACKAGE = Pattern.compile("^Inst (\\S+) \\(", Pattern.MULTILINE);

  private final List<String> options;

  private Apt(List<String> options) {
    this.options = List.copyOf(options);
  }

  /** With the system's lists of packages, which may be missing or old. */
  static Apt ofSystem(Path work) throws IOException {
    Path cache = createCache(work);
    return new Apt(options("Dir::Cache=" + cache));
  }

  /** With lists of its own, empty until {@link #update}. */
  static Apt withOwnLists(Path work) throws IOException {
    Path cache = createCache(work);
    Path state = work.resolve("state");
    Files.createDirectories(state.resolve("lists/partial"));
    return new Apt(
        options(
            "Dir::Cache=" + cache,
            "Dir::State=" + state,
            "Dir::State::status=/var/lib/dpkg/status",
            "Dir::State::extended_states=" + state.resolve("extended_states")));
  }

  void update() {
    run("apt-get", List.of("update", "-q"));
  }

  /**
   * Name of HypoPG's package for the newest Postgres that there is one for.
   *
   * @throws PostgresUnavailableException when there is none
   */
  String newestHypopg() {
    return newestHypopg(run("apt-cache", List.of("pkgnames", "postgresql-")))
        .orElseThrow(
            () -> new PostgresUnavailableException("apt knows no package postgresql-NN-hypopg"));
  }

  /** A package of HypoPG, the server that it is for, and the libraries that this system lacks. */
  List<String> packagesOf(String hypopg) {
    String server = hypopg.replace("-hypopg", "");
    List<String> install = List.of("install", "-s", "--no-install-recommends", hypopg, server);
    Set<String> packages = new TreeSet<>(List.of(hypopg, server));
    packages.addAll(missingLibraries(run("apt-get", install)));
    return List.copyOf(packages);
  }

  static Optional<String> newestHypopg(String packageNames) {
    return HYPOPG
        .matcher(packageNames)
        .results()
        .max(Comparator.comparingInt(name -> Integer.parseInt(name.group(1))))
        .map(MatchResult::group);
  }

  static List<String> missingLibraries(String simulatedInstallation) {
    return NEW_PACKAGE
        .matcher(simulatedInstallation)
        .results()
        .map(added -> added.group(1))
        .filter(Apt::isNeededLibrary)
        .toList();
  }

  /** Downloads packages into a folder. */
  void download(List<String> packages, Path folder) {
    List<String> arguments = new ArrayList<>(List.of("download", "-q"));
    arguments.addAll(packages);
    run("apt-get", folder, arguments);
  }

  // What else the packages depend on serves administration, scripts and just-in-time compilation.
  private static boolean isNeededLibrary(String name) {
    return name.startsWith("lib")
        && !name.startsWith("libc-")
        && !name.startsWith("libllvm")
        && !name.startsWith("libz3")
        && !name.startsWith("libperl")
        && !name.endsWith("-perl");
  }

  private String run(String program, List<String> arguments) {
    return run(program, Path.of("/"), arguments);
  }

  private String run(String program, Path folder, List<String> arguments) {
    List<String> command = new ArrayList<>(List.of(program));
    command.addAll(options);
    command.addAll(arguments);
    Command.Result result = Command.run(TIMEOUT, folder, command);
    if (!result.succeeded()) {
      throw new PostgresUnavailableException(
          "%s %s failed: %s".formatted(program, arguments.get(0), result.outputEnd()));
    }
    return result.output();
  }

  private static Path createCache(Path work) throws IOException {
    Path cache = work.resolve("cache");
    Files.createDirectories(cache.resolve("archives/partial"));
    return cache;
  }

  private static List<String> options(String... settings) {
    List<String> options = new ArrayList<>();
    // the user that apt downloads as when run by root could not write here
    List<String> all = new ArrayList<>(List.of("APT::Sandbox::User=root", "Debug::NoLocking=1"));
    all.addAll(List.of(settings));
    for (String setting : all) {
      options.add("-o");
      options.add(setting);
    }
    return options;
  }
}
