package dev.logdex.ingest.syslog;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What is listened to, and how much is put up with.
 *
 * @param address of the network interface
 * @param tcpPort -1 for none, 0 for a free one; likewise the others
 * @param tls what the TLS port shows and asks for; needed for it only
 * @param messageBytes a longer message is cut
 * @param connectionsMax TCP and TLS together
 * @param stallTime how long a message that has begun may stand still
 */
public record SyslogOptions(
    String address,
    int tcpPort,
    int udpPort,
    int tlsPort,
    Optional<Tls> tls,
    int messageBytes,
    int connectionsMax,
    Duration stallTime) {
  /** Stands for no port. */
  public static final int OFF = -1;

  /**
   * PEM files.
   *
   * @param key PKCS #8, without a password
   * @param clientCa who must have signed a client's certificate; empty when none is asked for
   */
  public record Tls(Path certificate, Path key, Optional<Path> clientCa) {
    public Tls {
      requireNonNull(certificate, "certificate");
      requireNonNull(key, "key");
      requireNonNull(clientCa, "clientCa");
    }
  }

  public SyslogOptions {
    requireNonNull(address, "address");
    requireNonNull(tls, "tls");
    requireNonNull(stallTime, "stallTime");
  }

  /** Whether any port is listened to. */
  public boolean isOn() {
    return tcpPort != OFF || udpPort != OFF || tlsPort != OFF;
  }
}
