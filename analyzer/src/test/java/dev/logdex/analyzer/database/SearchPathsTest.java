package dev.logdex.analyzer.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SearchPathsTest {
  @Test
  void aRoleComesBeforeItsDatabase() {
    SearchPaths paths = SearchPaths.parse("shop=App, \"Odd \"\"one\",public; ann@shop=reports;");
    assertThat(paths.of("shop", "")).isEqualTo("\"app\", \"Odd \"\"one\", \"public\"");
    assertThat(paths.of("shop", "bob")).isEqualTo(paths.of("shop", ""));
    assertThat(paths.of("shop", "ann")).isEqualTo("\"reports\"");
    assertThat(paths.of("crm", "ann")).isEmpty();
    assertThat(SearchPaths.parse("").of("shop", "ann")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "shop",
        "=app",
        "@shop=app",
        "ann@=app",
        "shop=",
        "shop=app,",
        "shop=app public",
        "shop='app'",
        "shop=app--x",
        "shop=1",
        "shop=a;shop=b",
      })
  void anythingElseIsRefused(String setting) {
    assertThatIllegalArgumentException().isThrownBy(() -> SearchPaths.parse(setting));
  }
}
