package dev.logdex.embedded;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The user that a Postgres server runs as, and the command that makes a program run so: this
 * process's own user, or another one when that is root, as which Postgres refuses to run.
 *
 * <p>Where the system has setpriv, the program is also sent SIGQUIT, on which Postgres ends at
 * once, when the thread that started it ends; this holds when the process is killed, too.
 */
record OrdinaryUser(Optional<String> name, List<String> prefix) {
  private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(10);
  private static final List<String> DIES_WITH_PARENT = List.of("--pdeathsig", "QUIT");

  OrdinaryUser {
    requireNonNull(name, "name");
    prefix = List.copyOf(prefix);
  }

  /**
   * Finds out how to run a program as an ordinary user here.
   *
   * @throws PostgresUnavailableException when this is root and no other user can be had
   */
  static OrdinaryUser find() {
    if (!isRoot()) {
      return new OrdinaryUser(Optional.empty(), ownSession(firstWorking(asSelf()).orElseThrow()));
    }
    String name =
        Stream.of("postgres", "nobody")
            .filter(user -> idOf("-u", user).isPresent())
            .findFirst()
            .orElseThrow(() -> noUser("there is neither a user postgres nor nobody"));
    List<String> prefix =
        firstWorking(as(name))
            .orElseThrow(() -> noUser("setpriv, runuser and su all fail for user " + name));
    return new OrdinaryUser(Optional.of(name), ownSession(prefix));
  }

  /** Whether this process runs as root. */
  static boolean isRoot() {
    return idOf("-u").map("0"::equals).orElse(false);
  }

  /** The command line that runs a program as this user. */
  List<String> command(List<String> program) {
    List<String> command = new ArrayList<>(prefix);
    command.addAll(program);
    return command;
  }

  /** Makes a folder that only this user can look into; the one above it stays as it is. */
  Path createFolder(Path folder) throws IOException {
    Files.createDirectory(folder);
    own(folder);
    Files.setPosixFilePermissions(folder, Permissions.PRIVATE_FOLDER);
    return folder;
  }

  /** Hands a file over to this user. */
  void own(Path path) throws IOException {
    if (name.isPresent()) {
      Files.getFileAttributeView(path, PosixFileAttributeView.class)
          .setOwner(
              path.getFileSystem()
                  .getUserPrincipalLookupService()
                  .lookupPrincipalByName(name.get()));
    }
  }

  private static List<List<String>> asSelf() {
    return List.of(setpriv(List.of()), List.of());
  }

  private static List<List<String>> as(String user) {
    List<List<String>> ways = new ArrayList<>();
    idOf("-g", user)
        .map(group -> List.of("--reuid", user, "--regid", group, "--init-groups"))
        .map(OrdinaryUser::setpriv)
        .ifPresent(ways::add);
    ways.add(List.of("runuser", "-u", user, "--"));
    ways.add(List.of("su", "-s", "/bin/sh", user, "-c", "exec \"$0\" \"$@\"", "--"));
    return ways;
  }

  private static List<String> setpriv(List<String> user) {
    List<String> command = new ArrayList<>(List.of("setpriv"));
    command.addAll(user);
    command.addAll(DIES_WITH_PARENT);
    return command;
  }

  // Ctrl-C goes to every process of the terminal's session; the server must outlive the stages.
  private static List<String> ownSession(List<String> prefix) {
    List<String> command = new ArrayList<>(prefix);
    command.add("setsid");
    return works(command) ? command : prefix;
  }

  private static Optional<List<String>> firstWorking(List<List<String>> prefixes) {
    return prefixes.stream().filter(OrdinaryUser::works).findFirst();
  }

  private static boolean works(List<String> prefix) {
    List<String> command = new ArrayList<>(prefix);
    command.add("true");
    return Command.run(PROBE_TIMEOUT, command).succeeded();
  }

  private static Optional<String> idOf(String... question) {
    List<String> command = new ArrayList<>(List.of("id"));
    command.addAll(List.of(question));
    Command.Result result = Command.run(PROBE_TIMEOUT, command);
    return result.succeeded() ? Optional.of(result.output().strip()) : Optional.empty();
  }

  private static PostgresUnavailableException noUser(String why) {
    return new PostgresUnavailableException("Postgres does not run as root, and " + why);
  }
}
