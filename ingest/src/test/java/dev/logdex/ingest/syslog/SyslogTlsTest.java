package dev.logdex.ingest.syslog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SyslogTlsTest {
  private static final String MESSAGE = "<134>1 2026-11-20T23:54:44Z db1 postgres 7 - - one";

  @TempDir static Path folder;
  private static Certificates server;
  private static Certificates client;

  @BeforeAll
  static void makeCertificates() throws Exception {
    server = Certificates.make(folder, "server");
    client = Certificates.make(folder, "client");
  }

  @Test
  void messagesArriveOverTls() throws Exception {
    try (ListeningServer listening = listen(false)) {
      send(listening, server.strangerTrusting(), MESSAGE.length() + " " + MESSAGE);

      await().until(() -> listening.text("db1").equals(MESSAGE + "\n"));
    }
  }

  @Test
  void aClientWithTheRightCertificateIsTakenAndOneWithNoneIsNot() throws Exception {
    try (ListeningServer listening = listen(true)) {
      assertThatThrownBy(
              () -> {
                send(listening, server.strangerTrusting(), MESSAGE + "\n");
                throw new IOException("taken without an answer, which the counts tell");
              })
          .isInstanceOf(IOException.class);
      await().until(() -> listening.counts().failedConnections() == 1);

      send(listening, client.clientTrusting(server), MESSAGE + "\n");

      await().until(() -> listening.text("db1").equals(MESSAGE + "\n"));
      assertThat(listening.counts().messages()).isEqualTo(1);
    }
  }

  @Test
  void whatIsNoTlsEndsTheConnectionAndNoOther() throws Exception {
    try (ListeningServer listening = listen(false)) {
      try (Socket socket =
          new Socket(InetAddress.getLoopbackAddress(), listening.server.tlsPort())) {
        socket.getOutputStream().write((MESSAGE + "\n").repeat(1000).getBytes(UTF_8));
        await().until(() -> listening.counts().failedConnections() > 0);
      } catch (IOException reset) {
        // the server may be faster
      }
      send(listening, server.strangerTrusting(), MESSAGE + "\n");

      await().until(() -> listening.text("db1").equals(MESSAGE + "\n"));
      await().until(() -> listening.counts().openConnections() == 0);
    }
  }

  @Test
  void aCertificateThatCannotBeReadIsAnErrorThatNamesIt() throws Exception {
    Path broken = Files.writeString(folder.resolve("broken.pem"), "none");
    SyslogOptions.Tls tls = new SyslogOptions.Tls(broken, server.key(), Optional.empty());

    assertThatThrownBy(() -> ListeningServer.withTls(tls))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("broken.pem");
  }

  private static ListeningServer listen(boolean mutual)
      throws IOException, GeneralSecurityException {
    return ListeningServer.withTls(
        new SyslogOptions.Tls(
            server.certificate(),
            server.key(),
            mutual ? Optional.of(client.certificate()) : Optional.empty()));
  }

  private static void send(ListeningServer listening, SSLContext context, String text)
      throws IOException {
    try (Socket socket =
        context
            .getSocketFactory()
            .createSocket(InetAddress.getLoopbackAddress(), listening.server.tlsPort())) {
      socket.getOutputStream().write(text.getBytes(UTF_8));
      socket.getOutputStream().flush();
    }
  }
}
