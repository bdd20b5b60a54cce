package dev.logdex.recommender;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookConfigTest {
  private static final String URL = "https://hooks.example.org/services/s3cret";

  @Test
  void anAddressIsEnough() {
    WebhookConfig config = parse(Map.of());

    assertThat(config.target().url()).hasToString(URL);
    assertThat(config.filter().states()).isEmpty();
  }

  @Test
  void noSecretIsPrinted() {
    assertThat(parse(Map.of("webhook.authorization", "Bearer s3cret")).toString())
        .doesNotContain("s3cret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://hooks.example.org/s3cret",
        "https://me:s3cret@hooks.example.org/",
        "ftp://hooks.example.org/s3cret",
        "https:///s3cret",
        "hooks.example.org/s3cret",
        "https://hooks example/s3cret",
        "http://localhost.example.org/s3cret",
        ""
      })
  void anAddressThatGivesSecretsAwayOrLeadsNowhereStopsTheStart(String url) {
    assertThatThrownBy(() -> parse(Map.of("webhook.url", url)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("webhook.url")
        .hasMessageNotContaining("s3cret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://127.0.0.1:8080/in", "http://localhost/in", "http://[::1]/in"})
  void plainHttpIsForThisMachine(String url) {
    assertThat(parse(Map.of("webhook.url", url)).target().url()).hasToString(url);
  }

  @Test
  void plainHttpToAnotherMachineMustBeAllowed() {
    assertThat(
            parse(Map.of("webhook.url", "http://hooks.internal/in", "webhook.allow.http", "true"))
                .target()
                .url())
        .hasHost("hooks.internal");
  }

  @Test
  void jiraNeedsAProject() {
    assertThatThrownBy(() -> parse(Map.of("webhook.format", "jira")))
        .hasMessageContaining("webhook.project");
  }

  @Test
  void aTokenThatWouldBreakTheHeaderStopsTheStart() {
    assertThatThrownBy(() -> parse(Map.of("webhook.authorization", "Bearer s3cret\nX: y")))
        .hasMessageContaining("webhook.authorization")
        .hasMessageNotContaining("s3cret");
  }

  @Test
  void pausesThatDoNotGrowStopTheStart() {
    assertThatThrownBy(() -> parse(Map.of("webhook.retry.max", "PT1S")))
        .hasMessageContaining("must grow");
  }

  private static WebhookConfig parse(Map<String, String> more) {
    Map<String, String> all = new HashMap<>(Map.of("webhook.url", URL));
    all.putAll(more);
    return WebhookConfig.parse(all);
  }
}
