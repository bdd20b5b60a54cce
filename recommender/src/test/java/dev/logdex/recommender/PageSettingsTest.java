package dev.logdex.recommender;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logdex.recommender.http.PageConfig;
import dev.logdex.runtime.Settings;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;

class PageSettingsTest {
  @Test
  void byDefaultThereIsNoPage() {
    PageConfig page = page(Map.of());

    assertThat(page.port()).isEqualTo(-1);
    assertThat(page.address()).isEqualTo("127.0.0.1");
    assertThat(page.hosts()).isEmpty();
  }

  @Test
  void settingsAreRead() {
    PageConfig page = page(Map.of("page.port", "8087", "page.hosts", "a.internal, b.internal"));

    assertThat(page.port()).isEqualTo(8087);
    assertThat(page.hosts()).containsExactly("a.internal", "b.internal");
  }

  @Test
  void theTokenIsNeverPrinted() {
    assertThat(page(Map.of("page.token", "a-secret-of-ours")).toString())
        .contains("[hidden]")
        .doesNotContain("a-secret-of-ours");
  }

  @Test
  void aShortTokenIsRefusedWithoutBeingTold() {
    assertThatThrownBy(() -> page(Map.of("page.token", "secret")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("at least 16 characters")
        .hasMessageNotContaining("secret");
  }

  private static PageConfig page(Map<String, String> given) {
    return PageSettings.of(Settings.parse(PageSettings.define(new ConfigDef()), given));
  }
}
