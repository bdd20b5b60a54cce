package dev.logdex.analyzer.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatabaseMappingTest {
  @ParameterizedTest(name = "{0}, log names {1}: {2} is served as {3}")
  @CsvSource(
      delimiter = '|',
      nullValues = "nobody",
      emptyValue = "",
      textBlock =
          """
          postgresql://db/shop                              | shop            | shop      | shop
          postgresql://db/shop                              | shop,           | ''        | shop
          postgresql://db/shop                              | shop,other      | other     | nobody
          postgresql://db/copy                              | shop            | shop      | shop
          postgresql://db/copy                              | shop,           | ''        | shop
          postgresql://db/copy                              | shop,postgres   | shop      | shop
          postgresql://db/copy                              | shop,rdsadmin   | rdsadmin  | nobody
          postgresql://db/copy                              | shop,other      | shop      | nobody
          postgresql://db/copy                              | shop,other,     | ''        | copy
          postgresql://db/copy                              | copy,shop       | shop      | nobody
          postgresql://db/copy                              | postgres        | postgres  | nobody
          postgresql://db/copy                              | ''              | ''        | copy
          shop=postgresql://db/copy                         | shop            | shop      | shop
          shop=postgresql://db/copy                         | shop            | ''        | shop
          shop=postgresql://db/copy                         | other           | other     | nobody
          shop=postgresql://db/copy postgresql://db/crm     | shop,crm        | crm       | crm
          shop=postgresql://db/copy postgresql://db/crm     | shop,crm        | ''        | crm
          shop=postgresql://db/copy postgresql://db/crm2    | shop,crm        | crm       | crm
          shop=postgresql://db/a crm=postgresql://db/b      | shop,crm        | ''        | nobody
          postgresql://db/a postgresql://db/b               | a,b             | b         | b
          postgresql://db/a postgresql://db/b               | shop            | shop      | nobody
          """)
  void aDatabaseOfTheLogIsServedBy(
      String addresses, String logNames, String asked, String expected) {
    DatabaseMapping mapping =
        DatabaseMapping.of(
            Arrays.stream(addresses.split(" ", -1)).map(DatabaseAddress::parse).toList(),
            List.of(logNames.split(",", -1)));
    assertThat(mapping.target(asked).map(DatabaseMapping.Target::name).orElse(null))
        .isEqualTo(expected);
  }

  @Test
  void withoutAddressesNobodyServes() {
    assertThat(DatabaseMapping.of(List.of(), List.of("shop")).target("shop")).isEmpty();
  }

  @Test
  void findsNamesThatTwoAddressesClaim() {
    List<DatabaseAddress> addresses =
        DatabaseAddress.parseAll(
            List.of("shop=postgresql://db/a", "postgresql://db/shop", "postgresql://db/crm"));
    assertThat(DatabaseMapping.ambiguous(addresses)).containsExactly("shop");
  }
}
