package dev.logdex.embedded;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;
import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The Postgres and HypoPG of a Debian or Ubuntu, downloaded by apt and unpacked into a cache
 * folder. Nothing is installed and root is not needed; the next run finds it there.
 *
 * <p>Postgres looks for its other files relative to its own program, so it runs from any folder.
 */
final class DebianPackages {
  private static final Duration CHECK_TIMEOUT = Duration.ofSeconds(20);
  private static final Duration UNPACK_TIMEOUT = Duration.ofMinutes(5);
  private static final Path OS_RELEASE = Path.of("/etc/os-release");

  private final Path cache;
  private final Consumer<String> progress;

  DebianPackages(Path cache, Consumer<String> progress) {
    this.cache = cache;
    this.progress = progress;
  }

  /**
   * @throws PostgresUnavailableException when this is another system, or the packages cannot be had
   */
  PostgresPrograms unpacked() {
    if (!Command.run(CHECK_TIMEOUT, List.of("apt-get", "--version")).succeeded()) {
      throw new PostgresUnavailableException(
          "apt-get is not there; this works on Debian and Ubuntu");
    }
    TimeZones.require(progress);
    try {
      return unpackedInCache();
    } catch (IOException e) {
      throw new PostgresUnavailableException(
          "cannot keep the packages in %s (LOGDEX_CACHE names another folder): %s"
              .formatted(cache, e),
          e);
    }
  }

  // One thread at a time: a second file lock of the same process would be refused, not waited for.
  private PostgresPrograms unpackedInCache() throws IOException {
    synchronized (DebianPackages.class) {
      createReadable(cache);
      Path tree = cache.resolve("postgres-" + system());
      try (FileChannel channel = FileChannel.open(cache.resolve("postgres.lock"), CREATE, WRITE);
          FileLock held = channel.lock()) {
        if (!held.isValid() || !runs(tree)) {
          Trees.delete(tree);
          unpack(tree);
        }
      }
      return programs(tree);
    }
  }

  private void unpack(Path tree) throws IOException {
    Path work = tree.resolveSibling(tree.getFileName() + ".part");
    Trees.delete(work);
    createReadable(work);
    Path root = createReadable(work.resolve("root"));
    for (Path archive : downloaded(work)) {
      Command.Result result =
          Command.run(UNPACK_TIMEOUT, List.of("dpkg", "-x", archive.toString(), root.toString()));
      if (!result.succeeded()) {
        throw new PostgresUnavailableException("dpkg failed: " + result.outputEnd());
      }
    }
    if (!runs(root)) {
      throw new PostgresUnavailableException(
          "the unpacked server does not run: " + version(root).outputEnd());
    }
    Files.move(root, tree, ATOMIC_MOVE);
    Trees.delete(work);
  }

  private List<Path> downloaded(Path work) throws IOException {
    Path archives = Files.createDirectory(work.resolve("archives"));
    Apt system = Apt.ofSystem(work);
    try {
      return download(system, archives);
    } catch (PostgresUnavailableException noListsOrStaleOnes) {
      progress.accept("asking the distribution which packages it has");
      Apt own = Apt.withOwnLists(work);
      own.update();
      return download(own, archives);
    }
  }

  private List<Path> download(Apt apt, Path archives) throws IOException {
    List<String> packages = apt.packagesOf(apt.newestHypopg());
    progress.accept("downloading " + String.join(", ", packages));
    apt.download(packages, archives);
    return list(archives, "*.deb");
  }

  private static PostgresPrograms programs(Path root) throws IOException {
    Path bin = bin(root);
    List<Path> libraries = new ArrayList<>();
    for (String parent : List.of("usr/lib", "lib")) {
      libraries.addAll(list(root.resolve(parent), "*-linux-gnu*"));
    }
    return new PostgresPrograms(bin, libraries, "the distribution's Postgres in " + bin);
  }

  private static Path bin(Path root) throws IOException {
    return list(root.resolve("usr/lib/postgresql"), "*").stream()
        .map(version -> version.resolve("bin"))
        .filter(PostgresPrograms::areIn)
        .findFirst()
        .orElseThrow(
            () -> new PostgresUnavailableException("the package of Postgres holds no server"));
  }

  private static boolean runs(Path root) throws IOException {
    return Files.isDirectory(root) && version(root).succeeded();
  }

  // As the user that is to run it, who may not be able to read where root keeps things.
  private static Command.Result version(Path root) throws IOException {
    List<String> command = new ArrayList<>(programs(root).command("postgres"));
    command.add("--version");
    return Command.run(CHECK_TIMEOUT, OrdinaryUser.find().command(command));
  }

  private static Path createReadable(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder);
      Files.setPosixFilePermissions(folder, Permissions.FOLDER_TO_READ);
    }
    return folder;
  }

  private static List<Path> list(Path folder, String glob) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, glob)) {
      entries.forEach(found::add);
    }
    return found.stream().sorted().toList();
  }

  // A home folder may be shared by machines on which not the same libraries are.
  private static String system() {
    Properties release = new Properties();
    try (var in = Files.newBufferedReader(OS_RELEASE)) {
      release.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + OS_RELEASE, e);
    }
    return Stream.of(
            release.getProperty("ID", "linux"),
            release.getProperty("VERSION_ID", "rolling"),
            System.getProperty("os.arch"))
        .map(part -> part.replaceAll("[^A-Za-z0-9.]", ""))
        .collect(joining("-"));
  }
}
