package dev.logdex.analyzer.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseAddressTest {
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          postgresql://ann:secret@db.example:6543/shop                | jdbc:postgresql://db.example:6543/shop        | {password=secret, user=ann}
          postgres://ann@db.example/shop                              | jdbc:postgresql://db.example:5432/shop        | {user=ann}
          postgresql://db/shop?user=ann&password=a%26b                | jdbc:postgresql://db:5432/shop                | {password=a&b, user=ann}
          jdbc:postgresql://db:5432/shop?user=ann&sslmode=require     | jdbc:postgresql://db:5432/shop                | {sslmode=require, user=ann}
          postgresql://ann:p%40ss%2Fw+rd@db/shop                      | jdbc:postgresql://db:5432/shop                | {password=p@ss/w+rd, user=ann}
          postgresql://ann@[::1]:5433/shop                            | jdbc:postgresql://[::1]:5433/shop             | {user=ann}
          postgresql://ann@[::1]/shop                                 | jdbc:postgresql://[::1]:5432/shop             | {user=ann}
          postgresql://ann@one,two:5433/shop?target_session_attrs=read-write | jdbc:postgresql://one:5432,two:5433/shop | {targetServerType=primary, user=ann}
          postgresql:///shop?host=db&port=5433                        | jdbc:postgresql://db:5433/shop                | {}
          postgresql:///shop                                          | jdbc:postgresql://localhost:5432/shop         | {}
          postgresql://%2Fvar%2Frun%2Fpostgresql/shop                 | jdbc:postgresql://localhost:5432/shop         | {}
          postgresql://ann@db                                         | jdbc:postgresql://db:5432/ann                 | {user=ann}
          postgresql://db/my%20shop?connect_timeout=5&application_name=x | jdbc:postgresql://db:5432/my+shop          | {connectTimeout=5}
          """)
  void readsAUrlOfLibpqOrPgjdbc(String url, String jdbcUrl, String properties) {
    DatabaseAddress address = DatabaseAddress.parse(url);
    assertThat(address.jdbcUrl()).isEqualTo(jdbcUrl);
    assertThat(new java.util.TreeMap<>(address.properties())).hasToString(properties);
    assertThat(address.logName()).isNull();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "shop=postgresql://db/copy, shop, copy",
    "my shop=jdbc:postgresql://db/copy?user=a=b, my shop, copy",
    "shop=postgres://ann:x=y@db/copy, shop, copy"
  })
  void readsANameBeforeIt(String entry, String name, String database) {
    DatabaseAddress address = DatabaseAddress.parse(entry);
    assertThat(address.logName()).isEqualTo(name);
    assertThat(address.database()).isEqualTo(database);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "db", "mysql://secret@db/shop", "postgresql://", "shop=", "secret"})
  void refusesWhatIsNoAddressWithoutRepeatingIt(String entry) {
    assertThatThrownBy(() -> DatabaseAddress.parse(entry))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("database")
        .message()
        .doesNotContain("secret");
  }

  @Test
  void neverPrintsThePassword() {
    DatabaseAddress address =
        DatabaseAddress.parse("postgresql://ann:secret@db/shop?sslpassword=secret");
    assertThat(address.toString()).isEqualTo("postgresql://db:5432/shop");
    assertThat(address.jdbcUrl()).doesNotContain("secret");
  }

  @Test
  void aListThatWasSplitAtEveryCommaIsPutTogether() {
    List<DatabaseAddress> addresses =
        DatabaseAddress.parseAll(
            List.of("postgresql://one", "two:5433/shop", "x=postgresql://db/copy"));
    assertThat(addresses)
        .extracting(DatabaseAddress::hosts)
        .containsExactly("one:5432,two:5433", "db:5432");
  }
}
