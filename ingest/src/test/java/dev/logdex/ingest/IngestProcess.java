package dev.logdex.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** An ingest that listens, in a JVM of its own, so that its memory and its work can be measured. */
public final class IngestProcess implements AutoCloseable {
  private final Process process;
  private final int port;
  private final int metricsPort;

  private IngestProcess(Process process, int port, int metricsPort) {
    this.process = process;
    this.port = port;
    this.metricsPort = metricsPort;
  }

  /** Starts one with options for its JVM. */
  public static IngestProcess start(String brokers, List<String> options) throws IOException {
    return start(brokers, options, Map.of());
  }

  /**
   * Starts one.
   *
   * @param settings by the names that they have in the environment
   */
  public static IngestProcess start(
      String brokers, List<String> options, Map<String, String> settings) throws IOException {
    int port = freePort();
    int metricsPort = freePort();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(IngestMain.class.getName(), "--listen"));
    ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
    builder
        .environment()
        .putAll(
            Map.of(
                "LOGDEX_BOOTSTRAP_SERVERS", brokers,
                "LOGDEX_SYSLOG_TCP_PORT", Integer.toString(port),
                "LOGDEX_METRICS_PORT", Integer.toString(metricsPort)));
    builder.environment().putAll(settings);
    IngestProcess listener = new IngestProcess(builder.start(), port, metricsPort);
    listener.awaitUp();
    return listener;
  }

  public int port() {
    return port;
  }

  /** A figure of its metrics. */
  public double figure(String name) throws IOException {
    try (InputStream in = URI.create("http://127.0.0.1:" + metricsPort).toURL().openStream()) {
      return new String(in.readAllBytes(), UTF_8)
          .lines()
          .filter(line -> line.startsWith(name + " "))
          .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
          .findFirst()
          .orElse(-1);
    }
  }

  /** Resident memory, now or at its highest. */
  public long residentMegabytes(boolean highest) throws IOException {
    String name = highest ? "VmHWM:" : "VmRSS:";
    return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
        .filter(line -> line.startsWith(name))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
        .findFirst()
        .orElseThrow();
  }

  /** Processor time that it took so far, of all cores. */
  public double processorSeconds() {
    return process.info().totalCpuDuration().orElseThrow().toMillis() / 1e3;
  }

  /** Ends it as a crash does. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
  }

  private void awaitUp() {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (true) {
      try {
        figure("logdex_ingest_syslog_messages_total");
        return;
      } catch (IOException e) {
        if (System.nanoTime() > deadline || !process.isAlive()) {
          throw new IllegalStateException("the listener did not start", e);
        }
      }
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
