package dev.logdex.embedded;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.output.OutputFrame;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.ImageFromDockerfile;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/** A server in a container, of the image that is deployed as the analysis database, too. */
final class PostgresContainer implements LocalPostgres {
  private static final String IMAGE = "logdex/postgres-hypopg";
  private static final String DOCKERFILE = "dev/logdex/embedded/postgres-hypopg/Dockerfile";
  private static final int PORT = 5432;

  private final PostgreSQLContainer container;
  private final ScratchFolder scratch;
  private final SuperuserAddress address;
  private final Databases databases;

  private PostgresContainer(
      PostgreSQLContainer container, ScratchFolder scratch, SuperuserAddress address) {
    this.container = container;
    this.scratch = scratch;
    this.address = address;
    this.databases = new Databases(address, UnaryOperator.identity());
  }

  /**
   * @throws PostgresUnavailableException when Docker is not there or not for this user
   */
  static PostgresContainer start(
      Map<String, String> environment,
      Map<String, String> serverSettings,
      Consumer<String> progress) {
    if (!mayHaveDocker(environment) || !DockerClientFactory.instance().isDockerAvailable()) {
      throw new PostgresUnavailableException("no Docker that this user may use");
    }
    progress.accept("building the image " + IMAGE + " with Docker");
    ScratchFolder scratch = ScratchFolder.create("logdex-postgres", abandoned -> {});
    try {
      return start(scratch, serverSettings);
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
    return Optional.of(log(scratch));
  }

  @Override
  public String description() {
    return "Postgres in a container of " + IMAGE;
  }

  @Override
  public void close() {
    container.stop();
    scratch.close();
  }

  private static PostgresContainer start(
      ScratchFolder scratch, Map<String, String> serverSettings) {
    String password = UUID.randomUUID().toString();
    String image =
        new ImageFromDockerfile(IMAGE, false).withFileFromClasspath("Dockerfile", DOCKERFILE).get();
    List<String> command = new ArrayList<>(List.of("postgres"));
    command.addAll(ServerSettings.arguments(serverSettings));
    PostgreSQLContainer container =
        new PostgreSQLContainer(DockerImageName.parse(image).asCompatibleSubstituteFor("postgres"))
            .withUsername("postgres")
            .withPassword(password)
            .withCommand(command.toArray(String[]::new))
            // the default waits for a line of the log, which the settings may send elsewhere
            .waitingFor(Wait.forListeningPort())
            .withLogConsumer(frame -> append(log(scratch), frame));
    container.start();
    SuperuserAddress address =
        new SuperuserAddress(
            container.getHost() + ":" + container.getMappedPort(PORT),
            "postgres",
            password,
            "postgres",
            "");
    return new PostgresContainer(container, scratch, address);
  }

  private static void append(Path log, OutputFrame frame) {
    byte[] bytes = frame.getBytes();
    if (bytes == null) { // the frame that says that the log has ended
      return;
    }
    try {
      Files.write(log, bytes, CREATE, APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + log, e);
    }
  }

  private static Path log(ScratchFolder scratch) {
    return scratch.path().resolve("postgres.log");
  }

  // Testcontainers takes seconds, and log lines, to find out that there is no Docker at all.
  private static boolean mayHaveDocker(Map<String, String> environment) {
    Path home = Path.of(System.getProperty("user.home"));
    Path runtime = Path.of(environment.getOrDefault("XDG_RUNTIME_DIR", "/run"));
    return environment.containsKey("DOCKER_HOST")
        || Stream.of(
                Path.of("/var/run/docker.sock"),
                runtime.resolve("docker.sock"),
                home.resolve(".docker/run/docker.sock"),
                home.resolve(".docker/desktop/docker.sock"),
                home.resolve(".testcontainers.properties"))
            .anyMatch(Files::exists);
  }
}
