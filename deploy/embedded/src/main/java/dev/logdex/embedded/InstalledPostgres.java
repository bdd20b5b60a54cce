package dev.logdex.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Looks for a Postgres that is installed together with HypoPG. */
final class InstalledPostgres {
  private static final Path DEBIAN_ROOT = Path.of("/usr/lib/postgresql");
  private static final Duration PG_CONFIG_TIMEOUT = Duration.ofSeconds(10);
  private static final Pattern LEADING_NUMBER = Pattern.compile("\\d+");

  private InstalledPostgres() {}

  /**
   * The first of: the one in {@code PGHOME}, Debian's, newest first, and the one whose {@code
   * pg_config} is on the path.
   *
   * @throws PostgresUnavailableException when there is none that has HypoPG
   */
  static PostgresPrograms find(Map<String, String> environment) {
    List<Path> bins = new ArrayList<>();
    Optional.ofNullable(environment.get("PGHOME"))
        .map(Path::of)
        .ifPresent(home -> bins.add(home.resolve("bin")));
    bins.addAll(newestFirst(DEBIAN_ROOT));
    pgConfig("pg_config", "--bindir").ifPresent(bins::add);
    return firstWithHypopg(bins);
  }

  static PostgresPrograms firstWithHypopg(List<Path> bins) {
    List<Path> servers = bins.stream().filter(PostgresPrograms::areIn).distinct().toList();
    return servers.stream()
        .filter(InstalledPostgres::hasHypopg)
        .findFirst()
        .map(bin -> new PostgresPrograms(bin, List.of(), "the Postgres in " + bin))
        .orElseThrow(() -> new PostgresUnavailableException(reason(servers)));
  }

  /** The {@code bin} folders below a folder with one folder for each major version. */
  static List<Path> newestFirst(Path versions) {
    if (!Files.isDirectory(versions)) {
      return List.of();
    }
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(versions)) {
      folders.forEach(found::add);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + versions, e);
    }
    found.sort(Comparator.comparingInt(InstalledPostgres::majorVersion).reversed());
    return found.stream().map(folder -> folder.resolve("bin")).toList();
  }

  private static int majorVersion(Path folder) {
    Matcher number = LEADING_NUMBER.matcher(folder.getFileName().toString());
    return number.lookingAt() ? Integer.parseInt(number.group()) : 0;
  }

  private static boolean hasHypopg(Path bin) {
    return shareFolders(bin).stream()
        .anyMatch(share -> Files.exists(share.resolve("extension/hypopg.control")));
  }

  private static List<Path> shareFolders(Path bin) {
    List<Path> folders = new ArrayList<>();
    pgConfig(bin.resolve("pg_config").toString(), "--sharedir").ifPresent(folders::add);
    // pg_config belongs to another package on Debian and may not be there
    Path home = bin.resolveSibling("");
    folders.add(
        Path.of("/usr/share/postgresql").resolve(home.toAbsolutePath().normalize().getFileName()));
    folders.add(bin.resolveSibling("share"));
    folders.add(bin.resolveSibling("share/postgresql"));
    return folders;
  }

  private static Optional<Path> pgConfig(String program, String question) {
    Command.Result result = Command.run(PG_CONFIG_TIMEOUT, List.of(program, question));
    return result.succeeded() ? Optional.of(Path.of(result.output().strip())) : Optional.empty();
  }

  private static String reason(List<Path> servers) {
    return servers.isEmpty()
        ? "no Postgres server is installed"
        : "no extension/hypopg.control belongs to " + servers.get(0);
  }
}
