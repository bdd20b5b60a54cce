package dev.logdex.ingest.syslog;

import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.nio.file.Path;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** What the TLS listener shows its clients and asks of them. */
final class TlsContext {
  private TlsContext() {}

  /**
   * Reads the files.
   *
   * @throws IllegalArgumentException that names the files when they cannot be used
   */
  static SslContext of(SyslogOptions.Tls tls) {
    try {
      SslContextBuilder builder =
          SslContextBuilder.forServer(tls.certificate().toFile(), tls.key().toFile())
              .sslProvider(SslProvider.JDK)
              .protocols("TLSv1.3", "TLSv1.2");
      Optional<Path> clientCa = tls.clientCa();
      if (clientCa.isPresent()) {
        builder.trustManager(clientCa.get().toFile()).clientAuth(ClientAuth.REQUIRE);
      }
      return builder.build();
    } catch (SSLException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "cannot use the certificate " + tls.certificate() + " with the key " + tls.key(), e);
    }
  }
}
