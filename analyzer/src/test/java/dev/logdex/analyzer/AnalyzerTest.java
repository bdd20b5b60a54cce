package dev.logdex.analyzer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.logdex.runtime.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class AnalyzerTest {
  private static Analyzer withoutBroker() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    return new Analyzer(
        AnalyzerConfig.of(
            Settings.parse(
                AnalyzerConfig.definition(),
                Map.of(Settings.BOOTSTRAP_SERVERS, "127.0.0.1:" + port))));
  }

  @Test
  @Timeout(30)
  void closesAlthoughItWaitsForABroker() throws IOException {
    Analyzer analyzer = withoutBroker();
    analyzer.start();
    await()
        .during(Duration.ofMillis(500))
        .atMost(Duration.ofSeconds(5))
        .untilAsserted(() -> assertThat(analyzer.failure()).isEmpty());
    analyzer.close();
    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .doesNotContain("logdex-analyzer");
  }

  @Test
  void canBeClosedWithoutHavingBeenStarted() throws IOException {
    Analyzer analyzer = withoutBroker();
    analyzer.close();
    assertThat(analyzer.failure()).isEmpty();
  }
}
