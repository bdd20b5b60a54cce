package dev.logdex.ingest.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Clock;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpsTest {
  private static final char[] PASSWORD = "changeit".toCharArray();

  private final AnsweringOutlet outlet = new AnsweringOutlet();

  @TempDir Path folder;

  private Path certificate = Path.of("");
  private Path key = Path.of("");
  private KeyStore store;

  @BeforeEach
  void makeCertificate() throws Exception {
    Path file = folder.resolve("store.p12");
    keytool(file);
    store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD);
    }
    certificate = pem("CERTIFICATE", store.getCertificate("drain").getEncoded());
    key = pem("PRIVATE KEY", store.getKey("drain", PASSWORD).getEncoded());
  }

  @Test
  void linesAreTakenOverTls() throws Exception {
    try (HttpDrain drain = HttpDrain.open(settings(certificate, key), outlet, Clock.systemUTC())) {
      assertThat(post(drain, trusting())).isEqualTo(204);
      assertThat(outlet.text()).isEqualTo("x\n");

      assertThatThrownBy(() -> post(drain, HttpClient.newHttpClient()))
          .isInstanceOf(SSLException.class);
      assertThat(post(drain, trusting())).isEqualTo(204);
    }
  }

  @Test
  void plainHttpOnATlsPortIsNotAnswered() throws Exception {
    try (HttpDrain drain = HttpDrain.open(settings(certificate, key), outlet, Clock.systemUTC());
        RawClient plain =
            new RawClient(new Socket(InetAddress.getLoopbackAddress(), drain.port()))) {
      plain.write("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
      assertThatThrownBy(plain::status).isInstanceOf(IOException.class);
      assertThat(post(drain, trusting())).isEqualTo(204);
    }
  }

  @Test
  void aCertificateThatCannotBeReadIsNamedAtTheStart() {
    Path missing = folder.resolve("missing.pem");
    assertThatThrownBy(() -> HttpDrain.open(settings(missing, key), outlet, Clock.systemUTC()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("missing.pem");
    assertThatThrownBy(
            () -> HttpDrain.open(settings(certificate, certificate), outlet, Clock.systemUTC()))
        .isInstanceOf(ConfigException.class);
  }

  private static HttpSettings settings(Path certificate, Path key) {
    return DrainServer.settings(
        Map.of("http.tls.certificate", certificate.toString(), "http.tls.key", key.toString()));
  }

  private static int post(HttpDrain drain, HttpClient client)
      throws IOException, InterruptedException {
    URI address = URI.create("https://localhost:" + drain.port() + "/lines?source=db");
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .header("Content-Type", "text/plain")
            .POST(BodyPublishers.ofString("x"))
            .build();
    return client.send(request, BodyHandlers.discarding()).statusCode();
  }

  private HttpClient trusting() throws GeneralSecurityException, IOException {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("drain", store.getCertificate("drain"));
    TrustManagerFactory managers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    return HttpClient.newBuilder().sslContext(context).build();
  }

  private Path pem(String kind, byte[] content) throws IOException {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
    return Files.writeString(
        folder.resolve(kind + ".pem"),
        "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n");
  }

  private static void keytool(Path file) throws IOException, InterruptedException {
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "drain",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost,ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                new String(PASSWORD))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(keytool.exitValue()).isZero();
  }
}
