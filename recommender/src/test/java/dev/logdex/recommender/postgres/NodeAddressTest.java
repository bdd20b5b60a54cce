package dev.logdex.recommender.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodeAddressTest {
  @Test
  void aNodeHasADatabaseOfTheLogAndAnAddress() {
    assertThat(
            NodeAddress.parse(
                "shop=postgresql://read%40er:p%3Ass+1@db1:6432/shop_prod?sslmode=require"
                    + "&connect_timeout=3"))
        .isEqualTo(
            new NodeAddress(
                "shop",
                "db1:6432",
                "shop_prod",
                Map.of(
                    "user", "read@er",
                    "password", "p:ss+1",
                    "sslmode", "require",
                    "connectTimeout", "3")));
  }

  @Test
  void nameAndPortNeedNotBeGiven() {
    assertThat(NodeAddress.parse("postgres://db1/shop"))
        .isEqualTo(new NodeAddress("shop", "db1:5432", "shop", Map.of()));
    assertThat(NodeAddress.parse("jdbc:postgresql://[::1]:5433/shop?user=u").hostAndPort())
        .isEqualTo("[::1]:5433");
  }

  @Test
  void aListHasOneHostEach() {
    assertThat(NodeAddress.parseAll(" a=postgresql://h1/a , a=postgresql://h2/a,"))
        .extracting(NodeAddress::toString)
        .containsExactly("h1:5432/a", "h2:5432/a");
    assertThatThrownBy(() -> NodeAddress.parseAll("a=postgresql://u:secret@h1,h2/a"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void itPrintsItselfWithoutLogin() {
    assertThat(NodeAddress.parse("a=postgresql://u:secret@h1/a?password=secret2").toString())
        .isEqualTo("h1:5432/a");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "secret",
        "mysql://u:secret@h/a",
        "postgresql://u:secret@h",
        "postgresql:///secret",
        "postgresql://u:se cret@h/a",
        "="
      })
  void whatIsNoAddressIsRefusedWithoutRepeatingIt(String text) {
    assertThatThrownBy(() -> NodeAddress.parseAll(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasNoCause()
        .hasMessageNotContaining("cret");
  }
}
