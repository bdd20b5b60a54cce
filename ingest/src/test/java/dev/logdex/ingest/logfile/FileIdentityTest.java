package dev.logdex.ingest.logfile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FileIdentityTest {
  @Test
  void growthOfTheFileKeepsItsIdentity() {
    assertThat(identity("a.log", "first\nsecond\n")).isEqualTo(identity("a.log", "first\n"));
  }

  @Test
  void anotherFirstLineIsAnotherFile() {
    assertThat(identity("a.log", "first\n")).isNotEqualTo(identity("a.log", "frist\n"));
  }

  @Test
  void theSameContentOfAnotherSourceIsAnotherFile() {
    assertThat(identity("a.log", "first\n")).isNotEqualTo(identity("b.log", "first\n"));
  }

  @Test
  void onlyTheBeginningOfALongFirstLineCounts() {
    String kilobyte = "x".repeat(1024);
    assertThat(identity("a.log", kilobyte + "y")).isEqualTo(identity("a.log", kilobyte + "z\n"));
    assertThat(identity("a.log", kilobyte)).isNotEqualTo(identity("a.log", "x".repeat(1023)));
  }

  @Test
  void identityIsTheSameInEveryRelease() {
    assertThat(identity("/var/log/postgresql.log", "2026-11-20 LOG:  x\n"))
        .isEqualTo("9aec43b854add8b5");
  }

  private static String identity(String source, String text) {
    return FileIdentity.of(source, new LogBlock(0, text.getBytes(UTF_8)));
  }
}
