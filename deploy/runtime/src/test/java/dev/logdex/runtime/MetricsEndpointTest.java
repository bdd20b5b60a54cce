package dev.logdex.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

class MetricsEndpointTest {
  @Test
  void servesTheJvmsOwnFigures() throws Exception {
    try (MetricsEndpoint endpoint = MetricsEndpoint.open(0)) {
      assertThat(read("127.0.0.1", endpoint.port())).contains("jvm_info");
    }
  }

  @Test
  void listensOnLoopbackOnlyUnlessTold() throws Exception {
    try (MetricsEndpoint loopback = MetricsEndpoint.open(0);
        MetricsEndpoint everywhere = MetricsEndpoint.open("0.0.0.0", 0)) {
      // the whole of 127/8 is this machine's, and only 127.0.0.1 is what loopback() stands for
      assertThatThrownBy(() -> read("127.0.0.2", loopback.port())).isInstanceOf(IOException.class);
      assertThat(read("127.0.0.2", everywhere.port())).contains("jvm_info");
    }
  }

  @Test
  void namesThePortThatIsTaken() {
    try (MetricsEndpoint endpoint = MetricsEndpoint.open(0)) {
      assertThatThrownBy(() -> MetricsEndpoint.open(endpoint.port()))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining("port " + endpoint.port())
          .hasMessageContaining("metrics.port");
    }
  }

  @Test
  void freesItsPortWhenClosed() {
    MetricsEndpoint first = MetricsEndpoint.open(0);
    first.close();
    try (MetricsEndpoint second = MetricsEndpoint.open(first.port())) {
      assertThat(second.port()).isPositive();
    }
  }

  private static String read(String address, int port) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + address + ":" + port + "/metrics")).build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
  }
}
