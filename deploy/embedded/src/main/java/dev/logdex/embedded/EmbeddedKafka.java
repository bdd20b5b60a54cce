package dev.logdex.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Map.entry;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * A real Kafka broker, its own controller, in this process and on 127.0.0.1 only.
 *
 * <p>It is meant for one machine and one user: no replicas, no authentication, few threads, and
 * topics must be created before they are used.
 */
public final class EmbeddedKafka implements AutoCloseable {
  private static final int NODE_ID = 1;
  private static final int START_ATTEMPTS = 3;
  private static final int MAX_MESSAGE_BYTES = 8 * 1024 * 1024;

  private final KafkaRaftServer server;
  private final int port;
  private final Path dataFolder;
  private final Claim claim;
  private boolean closed;

  private EmbeddedKafka(KafkaRaftServer server, int port, Path dataFolder, Claim claim) {
    this.server = server;
    this.port = port;
    this.dataFolder = dataFolder;
    this.claim = claim;
  }

  /**
   * Starts a broker on a free port, whose data goes when it is closed.
   *
   * @throws IllegalStateException when the broker does not start
   */
  public static EmbeddedKafka start() {
    ScratchFolder scratch = ScratchFolder.create("logdex-kafka", abandoned -> {});
    return startOrRelease(scratch.path(), 0, scratch);
  }

  /**
   * Starts a broker whose data stays in a folder: started there again, it goes on where it was.
   *
   * @param dataFolder made when it is not there; used by one broker at a time
   * @param port the port for clients, or 0 for a free one
   * @throws IllegalStateException when the port or the folder is taken, or the broker does not
   *     start
   */
  public static EmbeddedKafka start(Path dataFolder, int port) {
    if (port != 0 && !Loopback.isFree(port)) {
      throw new IllegalStateException(
          "Kafka cannot start: port " + port + " on " + Loopback.HOST + " is taken");
    }
    // Kafka locks its folder too, but only after its controller has begun to write there
    return startOrRelease(dataFolder, port, FolderLock.take(dataFolder));
  }

  /** Where clients find the broker: {@code host:port}. */
  public String bootstrapServers() {
    return Loopback.HOST + ":" + port;
  }

  Path dataFolder() {
    return dataFolder;
  }

  /** Stops the broker; all that it has acknowledged is on disk when the data is to stay. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    server.shutdown();
    server.awaitShutdown();
    claim.close();
  }

  private static EmbeddedKafka startOrRelease(Path dataFolder, int wantedPort, Claim claim) {
    try {
      return start(dataFolder, wantedPort, claim);
    } catch (RuntimeException | LinkageError e) {
      // a LinkageError: Kafka's classes cannot be loaded once the process is ending
      claim.close();
      throw e;
    }
  }

  private static EmbeddedKafka start(Path dataFolder, int wantedPort, Claim claim) {
    for (int attempt = 1; ; attempt++) {
      int port = wantedPort == 0 ? Loopback.freePort() : wantedPort;
      try {
        return new EmbeddedKafka(startServer(dataFolder, port), port, dataFolder, claim);
      } catch (RuntimeException e) {
        // between finding a free port and listening on it another process may have taken it
        if (attempt == START_ATTEMPTS || !isPortTaken(e)) {
          throw new IllegalStateException("Kafka did not start in " + dataFolder, e);
        }
      }
    }
  }

  // Kafka's own exit is one switch for the whole process, so brokers start one after the other.
  private static synchronized KafkaRaftServer startServer(Path dataFolder, int port) {
    Exit.Procedure refuse =
        (status, message) -> {
          throw new IllegalStateException("the broker gave up with status " + status);
        };
    Exit.setHaltProcedure(refuse);
    Exit.setExitProcedure(refuse);
    int controllerPort = Loopback.freePort();
    format(dataFolder);
    KafkaRaftServer server =
        new KafkaRaftServer(
            new KafkaConfig(settings(dataFolder, port, controllerPort), false), Time.SYSTEM);
    startOrShutDown(server);
    // not when it failed: what is left of that broker may give up later, and is to end nobody
    Exit.resetHaltProcedure();
    Exit.resetExitProcedure();
    return server;
  }

  private static void startOrShutDown(KafkaRaftServer server) {
    try {
      server.startup();
    } catch (RuntimeException | LinkageError e) {
      server.shutdown();
      throw e;
    }
  }

  private static boolean isPortTaken(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof BindException) {
        return true;
      }
    }
    return false;
  }

  private static void format(Path dataFolder) {
    // written last, so a start that was killed half-way is formatted again
    if (Files.exists(dataFolder.resolve("meta.properties"))) {
      return;
    }
    try {
      Files.createDirectories(dataFolder);
      new Formatter()
          .setNodeId(NODE_ID)
          .setClusterId(Uuid.randomUuid().toString())
          .setControllerListenerName("CONTROLLER")
          .setMetadataLogDirectory(dataFolder.toString())
          .setDirectories(List.of(dataFolder.toString()))
          .setReleaseVersion(MetadataVersion.latestProduction())
          .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, UTF_8))
          .run();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot prepare " + dataFolder + " for Kafka", e);
    } catch (Exception e) { // Formatter declares no narrower type
      throw new IllegalStateException("cannot prepare " + dataFolder + " for Kafka", e);
    }
  }

  private static Map<String, String> settings(Path dataFolder, int port, int controllerPort) {
    String controller = Loopback.HOST + ":" + controllerPort;
    return Map.ofEntries(
        entry("process.roles", "broker,controller"),
        entry("node.id", Integer.toString(NODE_ID)),
        entry("controller.quorum.voters", NODE_ID + "@" + controller),
        entry("controller.listener.names", "CONTROLLER"),
        entry("inter.broker.listener.name", "CLIENT"),
        entry("listener.security.protocol.map", "CLIENT:PLAINTEXT,CONTROLLER:PLAINTEXT"),
        entry(
            "listeners", "CLIENT://" + Loopback.HOST + ":" + port + ",CONTROLLER://" + controller),
        entry("log.dirs", dataFolder.toString()),
        // one broker is all there is
        entry("default.replication.factor", "1"),
        entry("offsets.topic.replication.factor", "1"),
        entry("transaction.state.log.replication.factor", "1"),
        entry("transaction.state.log.min.isr", "1"),
        entry("share.coordinator.state.topic.replication.factor", "1"),
        entry("share.coordinator.state.topic.min.isr", "1"),
        entry("offsets.topic.num.partitions", "4"),
        entry("transaction.state.log.num.partitions", "4"),
        // a broker that was killed counts as running for this long, and cannot start again before
        entry("broker.session.timeout.ms", "5000"),
        entry("broker.heartbeat.interval.ms", "1000"),
        entry("auto.create.topics.enable", "false"),
        entry("group.initial.rebalance.delay.ms", "0"),
        entry("message.max.bytes", Integer.toString(MAX_MESSAGE_BYTES)),
        // one machine with few cores and other work to do
        entry("num.network.threads", "2"),
        entry("num.io.threads", "4"),
        entry("background.threads", "2"),
        entry("num.recovery.threads.per.data.dir", "1"),
        entry("log.cleaner.threads", "1"),
        entry("log.cleaner.dedupe.buffer.size", "8388608"),
        entry("log.segment.bytes", "134217728"),
        entry("log.index.size.max.bytes", "1048576"),
        entry("metric.reporters", ""));
  }
}
