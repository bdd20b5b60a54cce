package dev.logdex.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** A server with fresh data that was started here and ends here. */
final class LaunchedPostgres implements LocalPostgres {
  private static final String SUPERUSER = "postgres";
  private static final Duration INITDB_TIMEOUT = Duration.ofMinutes(2);
  private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(4);
  private static final int START_ATTEMPTS = 3;

  private final PostgresPrograms programs;
  private final ScratchFolder scratch;
  private final List<String> command;
  private final SuperuserAddress address;
  private final Map<String, String> serverSettings;
  private final Databases databases;
  private PinnedProcess process;
  private boolean closed;

  private LaunchedPostgres(
      PostgresPrograms programs,
      ScratchFolder scratch,
      List<String> command,
      PinnedProcess process,
      SuperuserAddress address,
      Map<String, String> serverSettings) {
    this.programs = programs;
    this.serverSettings = Map.copyOf(serverSettings);
    this.scratch = scratch;
    this.command = List.copyOf(command);
    this.process = process;
    this.address = address;
    this.databases = new Databases(address, UnaryOperator.identity());
  }

  /**
   * @throws PostgresUnavailableException when the programs do not do what they should
   */
  static LaunchedPostgres start(PostgresPrograms programs, Map<String, String> serverSettings) {
    ScratchFolder scratch = folder();
    try {
      OrdinaryUser user = OrdinaryUser.find();
      Files.setPosixFilePermissions(scratch.path(), Permissions.FOLDER_TO_READ);
      String password = UUID.randomUUID().toString();
      initialise(programs, user, scratch.path(), password);
      return launch(programs, user, scratch, password, serverSettings);
    } catch (IOException e) {
      scratch.close();
      throw new UncheckedIOException("cannot prepare a folder for Postgres", e);
    } catch (RuntimeException e) {
      scratch.close();
      throw e;
    }
  }

  @Override
  public String superuserUrl(String database) {
    return address.jdbcUrl(database);
  }

  @Override
  public String createDatabase(String name) {
    return databases.create(name);
  }

  @Override
  public void dropDatabase(String database) {
    databases.drop(database);
  }

  @Override
  public Optional<Path> logFile() {
    return Optional.of(log(scratch.path()));
  }

  @Override
  public String description() {
    return programs.description();
  }

  @Override
  public synchronized void crashAndRestart() {
    Path data = data(scratch.path());
    Postmaster.signal(Postmaster.pid(data).orElseGet(process::pid), "KILL");
    process.awaitEnd(STOP_TIMEOUT);
    try {
      // it still says that the server is ready
      Files.deleteIfExists(data.resolve("postmaster.pid"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
    do {
      // fails as long as processes of the old server hold its memory
      process = launched(command, scratch.path());
    } while (!awaitReady(process, data) && System.nanoTime() < deadline);
  }

  @Override
  public LocalPostgres startReplica() {
    ScratchFolder copy = folder();
    try {
      OrdinaryUser user = OrdinaryUser.find();
      Files.setPosixFilePermissions(copy.path(), Permissions.FOLDER_TO_READ);
      user.createFolder(copy.path().resolve("home"));
      ReplicaData.copy(address, data(scratch.path()), data(copy.path()), user);
      return launch(programs, user, copy, address.password(), serverSettings);
    } catch (IOException e) {
      copy.close();
      throw new UncheckedIOException("cannot copy the data of Postgres", e);
    } catch (RuntimeException e) {
      copy.close();
      throw e;
    }
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      stop(process, data(scratch.path()));
      scratch.close();
    }
  }

  private static ScratchFolder folder() {
    return ScratchFolder.create(
        "logdex-postgres", abandoned -> Postmaster.endAbandoned(data(abandoned)));
  }

  private static void initialise(
      PostgresPrograms programs, OrdinaryUser user, Path folder, String password)
      throws IOException {
    Path home = user.createFolder(folder.resolve("home"));
    Path passwordFile = home.resolve("password");
    Files.createFile(passwordFile);
    Files.setPosixFilePermissions(passwordFile, Permissions.PRIVATE_FILE);
    Files.writeString(passwordFile, password);
    user.own(passwordFile);
    Command.Result result = initdb(programs, user, folder, passwordFile, "C.UTF-8");
    if (!result.succeeded()) {
      // not every system has a locale of that name
      Trees.delete(data(folder));
      result = initdb(programs, user, folder, passwordFile, "C");
    }
    Files.delete(passwordFile);
    if (!result.succeeded()) {
      throw new PostgresUnavailableException("initdb failed: " + result.outputEnd());
    }
  }

  private static Command.Result initdb(
      PostgresPrograms programs, OrdinaryUser user, Path folder, Path passwordFile, String locale) {
    List<String> initdb = new ArrayList<>(programs.command("initdb"));
    initdb.addAll(
        List.of(
            "--pgdata=" + data(folder),
            "--username=" + SUPERUSER,
            "--auth=scram-sha-256",
            "--pwfile=" + passwordFile,
            "--encoding=UTF8",
            "--locale=" + locale,
            "--no-sync"));
    return Command.run(INITDB_TIMEOUT, user.command(initdb));
  }

  private static LaunchedPostgres launch(
      PostgresPrograms programs,
      OrdinaryUser user,
      ScratchFolder scratch,
      String password,
      Map<String, String> serverSettings) {
    for (int attempt = 1; ; attempt++) {
      int port = Loopback.freePort();
      List<String> command = user.command(postgres(programs, scratch.path(), port, serverSettings));
      PinnedProcess process = launched(command, scratch.path());
      if (awaitReady(process, data(scratch.path()))) {
        SuperuserAddress address = SuperuserAddress.onLoopback(port, SUPERUSER, password);
        return new LaunchedPostgres(programs, scratch, command, process, address, serverSettings);
      }
      stop(process, data(scratch.path()));
      // between finding a free port and listening on it another process may have taken it
      if (attempt == START_ATTEMPTS || Loopback.isFree(port)) {
        throw new PostgresUnavailableException(
            "the server did not start: " + end(log(scratch.path())));
      }
    }
  }

  private static PinnedProcess launched(List<String> command, Path folder) {
    return PinnedProcess.start(
        "logdex-postgres",
        Command.builder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log(folder).toFile())));
  }

  private static List<String> postgres(
      PostgresPrograms programs, Path folder, int port, Map<String, String> serverSettings) {
    List<String> command = new ArrayList<>(programs.command("postgres"));
    command.addAll(
        List.of(
            "-D",
            data(folder).toString(),
            "-c",
            "listen_addresses=" + Loopback.HOST,
            "-c",
            "port=" + port,
            // the path of a socket is limited to about 100 bytes, that of a folder is not
            "-c",
            "unix_socket_directories="));
    command.addAll(ServerSettings.arguments(serverSettings));
    return command;
  }

  private static boolean awaitReady(PinnedProcess process, Path data) {
    long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
    while (!Postmaster.isReady(data)) {
      // the wait for the process's end is also the pause between two looks
      if (process.awaitEnd(Duration.ofMillis(20)) || System.nanoTime() > deadline) {
        return false;
      }
    }
    return true;
  }

  private static void stop(PinnedProcess process, Path data) {
    long pid = Postmaster.pid(data).orElseGet(process::pid);
    for (String signal : List.of("INT", "QUIT")) {
      if (process.isAlive()) {
        Postmaster.signal(pid, signal);
        process.awaitEnd(STOP_TIMEOUT);
      }
    }
    process.kill();
  }

  private static Path data(Path folder) {
    return folder.resolve("home").resolve("data");
  }

  private static Path log(Path folder) {
    return folder.resolve("postgres.log");
  }

  private static String end(Path log) {
    try {
      List<String> lines = Files.readAllLines(log);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 5), lines.size()));
    } catch (IOException e) {
      return "its log cannot be read";
    }
  }
}
