package dev.logdex.normalizer.statement;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "ALTER ROLE a PASSWORD 'secret'",
        "create user a with encrypted Password 'secret'",
        "CREATE USER MAPPING FOR a SERVER b OPTIONS (user 'a', pass 'secret')",
        "CREATE SUBSCRIPTION s CONNECTION 'host=h user=u' PUBLICATION p",
        "SELECT dblink('postgresql://u:secret@host/db')",
        "  PASSWORD 'secr",
      })
  void whatMayHoldACredentialIsNotShown(String text) {
    assertThat(Credentials.redacted(text)).isEqualTo("[redacted]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"SELECT 1", "ALTER ROLE a LOGIN", "SELECT 'http://host/a:b'", ""})
  void otherTextsAreShown(String text) {
    assertThat(Credentials.redacted(text)).isEqualTo(text);
  }
}
