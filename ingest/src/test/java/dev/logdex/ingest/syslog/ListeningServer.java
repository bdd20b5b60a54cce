package dev.logdex.ingest.syslog;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logdex.ingest.outlet.LinePacker;
import dev.logdex.ingest.outlet.PackLimits;
import dev.logdex.ingest.outlet.RecordingOutlet;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;

/** A real server on free ports of loopback, whose messages end in a {@link RecordingOutlet}. */
final class ListeningServer implements AutoCloseable {
  static final int MESSAGE_BYTES = 100_000;
  static final int CONNECTIONS_MAX = 20;
  static final long ROOM_BYTES = 1_000_000;

  final RecordingOutlet outlet = new RecordingOutlet();
  final LinePacker packer =
      new LinePacker(new PackLimits(10_000, Duration.ofMillis(10), ROOM_BYTES), outlet);
  final SyslogServer server;

  private ListeningServer(Duration stallTime, Optional<SyslogOptions.Tls> tls) {
    server =
        SyslogServer.open(
            new SyslogOptions(
                "127.0.0.1",
                0,
                0,
                tls.isPresent() ? 0 : SyslogOptions.OFF,
                tls,
                MESSAGE_BYTES,
                CONNECTIONS_MAX,
                stallTime),
            packer);
  }

  static ListeningServer start() {
    return new ListeningServer(Duration.ofMinutes(10), Optional.empty());
  }

  static ListeningServer withStallTime(Duration stallTime) {
    return new ListeningServer(stallTime, Optional.empty());
  }

  static ListeningServer withTls(SyslogOptions.Tls tls) {
    return new ListeningServer(Duration.ofMinutes(10), Optional.of(tls));
  }

  SyslogCounts counts() {
    return server.counts();
  }

  Socket connect() throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), server.tcpPort());
  }

  /** Sends a text over a connection of its own. */
  void send(String text) throws IOException {
    try (Socket socket = connect()) {
      socket.getOutputStream().write(text.getBytes(UTF_8));
    }
  }

  void sendDatagram(String text) throws IOException {
    try (DatagramSocket socket = new DatagramSocket()) {
      byte[] bytes = text.getBytes(UTF_8);
      InetAddress here = InetAddress.getLoopbackAddress();
      socket.send(new DatagramPacket(bytes, bytes.length, here, server.udpPort()));
    }
  }

  /** All that came from a source. */
  String text(String source) {
    return outlet.text(source);
  }

  @Override
  public void close() {
    server.close();
    outlet.refuse(false);
    outlet.acknowledge();
    packer.close();
  }
}
