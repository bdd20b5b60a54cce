package dev.logdex.recommender.recommendation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlIdentifierTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "orders    | orders",
        "_a1$      | _a1$",
        "Orders    | \"Orders\"",
        "1st       | \"1st\"",
        "größe     | \"größe\"",
        "two words | \"two words\"",
        "a.b       | \"a.b\"",
        "it's      | \"it's\"",
        "a\"b      | \"a\"\"b\"",
        "user      | \"user\"",
        "select    | \"select\"",
        "json      | \"json\"",
        "name      | name",
      })
  void namesAreQuotedWherePostgresWouldMisreadThem(String name, String quoted) {
    assertThat(SqlIdentifier.quoted(name)).isEqualTo(quoted);
    assertThat(SqlIdentifier.unquoted(quoted)).isEqualTo(name);
  }
}
