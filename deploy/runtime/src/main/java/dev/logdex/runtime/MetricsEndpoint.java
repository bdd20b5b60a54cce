package dev.logdex.runtime;

import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.exporter.HTTPServer;
import io.prometheus.client.hotspot.DefaultExports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** {@code /metrics} in Prometheus's text form, on loopback unless another address is asked for. */
public final class MetricsEndpoint implements AutoCloseable {
  private final HTTPServer server;

  private MetricsEndpoint(HTTPServer server) {
    this.server = server;
  }

  /**
   * Serves on loopback; see {@link #open(String, int)}.
   *
   * @param port 0 takes any free port
   * @throws UncheckedIOException when the port is taken
   */
  public static MetricsEndpoint open(int port) {
    return open(InetAddress.getLoopbackAddress().getHostAddress(), port);
  }

  /**
   * Serves the default registry, with the JVM's own figures in it.
   *
   * @param address of a network interface of this machine, such as {@code 0.0.0.0} for all
   * @param port 0 takes any free port
   * @throws UncheckedIOException when the address is not this machine's or the port is taken
   */
  public static MetricsEndpoint open(String address, int port) {
    DefaultExports.initialize();
    try {
      return new MetricsEndpoint(
          new HTTPServer(
              new InetSocketAddress(InetAddress.getByName(address), port),
              CollectorRegistry.defaultRegistry,
              true));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot serve metrics on "
              + address
              + " port "
              + port
              + "; set metrics.address or metrics.port to another, or metrics.port to -1",
          e);
    }
  }

  public int port() {
    return server.getPort();
  }

  @Override
  public void close() {
    server.close();
  }
}
