package dev.logdex.ingest.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logdex.runtime.Settings;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpSettingsTest {
  @Test
  void nothingIsServedUnlessAPortIsSet() {
    assertThat(read(Map.of())).isEmpty();
    assertThat(read(Map.of("http.port", "8080")).orElseThrow().address().getAddress())
        .matches(address -> address.isLoopbackAddress());
  }

  @Test
  void beyondLoopbackTlsAndTokensAreNeeded() {
    Map<String, String> open = new HashMap<>(Map.of("http.port", "0", "http.address", "0.0.0.0"));
    assertThatThrownBy(() -> read(open)).hasMessageContaining("http.tls.certificate");
    open.put("http.plain.allowed", "true");
    assertThatThrownBy(() -> read(open)).hasMessageContaining("http.tokens");
    open.put("http.tokens", "s3cret");
    assertThat(read(open)).isPresent();
    open.remove("http.plain.allowed");
    open.put("http.tls.certificate", "a.pem");
    assertThatThrownBy(() -> read(open)).hasMessageContaining("together");
    open.put("http.tls.key", "b.pem");
    assertThat(read(open)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"d.secret", "=shop", "d.secret=", "d.secret=my shop", "a=b,d.secret"})
  void aDrainThatIsNotWrittenRightIsNotShown(String drains) {
    assertThatThrownBy(() -> read(Map.of("http.port", "0", "http.drains", drains)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("http.drains")
        .hasMessageNotContaining("secret");
  }

  @Test
  void noSecretIsPrinted() {
    HttpSettings settings =
        read(Map.of("http.port", "0", "http.tokens", "s3cret", "http.drains", "d.secret=shop"))
            .orElseThrow();
    assertThat(settings.toString()).doesNotContain("s3cret").doesNotContain("d.secret");
  }

  @Test
  void whatMayBeHeldIsEnoughForOneRequest() {
    HttpLimits limits =
        read(Map.of(
                "http.port", "0",
                "http.body.bytes", "10",
                "http.inflated.bytes", "20",
                "http.held.bytes", "5"))
            .orElseThrow()
            .limits();
    assertThat(limits.heldBytes()).isEqualTo(30);
  }

  private static Optional<HttpSettings> read(Map<String, String> given) {
    return HttpSettings.of(Settings.parse(HttpSettings.define(new ConfigDef()), given));
  }
}
