package dev.logdex.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SuperuserAddressTest {
  @ParameterizedTest
  @CsvSource({
    "postgresql://me:pw@db.example:5433/shop, jdbc:postgresql://db.example:5433/x?user=me&password=pw",
    "postgres://me:pw@db.example/shop, jdbc:postgresql://db.example/x?user=me&password=pw",
    "jdbc:postgresql://h:1/d?user=me&password=pw, jdbc:postgresql://h:1/x?user=me&password=pw",
    "postgresql://me:p%40%2B+w@h/d, jdbc:postgresql://h/x?user=me&password=p%40%2B%2Bw",
    "postgresql://h, jdbc:postgresql://h/x?user=postgres&password=",
    "postgresql://me:pw@h/d?sslmode=require, jdbc:postgresql://h/x?user=me&password=pw&sslmode=require",
    "postgresql://me:pw@[::1]:5432/d, jdbc:postgresql://[::1]:5432/x?user=me&password=pw",
  })
  void addressesBecomeJdbcUrls(String address, String jdbcUrl) {
    assertThat(SuperuserAddress.parse(address).jdbcUrl("x")).isEqualTo(jdbcUrl);
  }

  @Test
  void theDatabaseToConnectToFirstIsTheOneInTheAddress() {
    assertThat(SuperuserAddress.parse("postgresql://me@h/shop").database()).isEqualTo("shop");
    assertThat(SuperuserAddress.parse("postgresql://me@h").database()).isEqualTo("postgres");
  }

  @ParameterizedTest
  @ValueSource(strings = {"mysql://me:secret@h/d", "h:5432", "postgresql://", "se cret", "secret"})
  void anythingElseIsRefusedWithoutRepeatingIt(String text) {
    assertThatThrownBy(() -> SuperuserAddress.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("secret")
        .hasMessageNotContaining("se cret")
        .hasNoCause();
  }

  @Test
  void thePasswordIsNotShown() {
    assertThat(SuperuserAddress.parse("postgresql://me:secret@h:1/d")).hasToString("me@h:1");
  }
}
