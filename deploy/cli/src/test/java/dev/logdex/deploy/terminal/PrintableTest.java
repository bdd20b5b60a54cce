package dev.logdex.deploy.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrintableTest {
  @Test
  void sequencesThatSteerATerminalAreDisarmed() {
    assertThat(Printable.lines("a\u001b[2Jb\u0007c\u202ed\u009be"))
        .isEqualTo("a\uFFFD[2Jb\uFFFDc\uFFFDd\uFFFDe");
  }

  @Test
  void linesAndTabsAndOtherScriptsStay() {
    assertThat(Printable.lines("select\n\t'Köln', '東京', '🙂'"))
        .isEqualTo("select\n\t'Köln', '東京', '🙂'");
  }

  @Test
  void aLineHasItsBlanksFolded() {
    assertThat(Printable.line("  select *\r\n\t from t  ")).isEqualTo("select *\uFFFD from t");
    assertThat(Printable.line("select *\n\t from t ")).isEqualTo("select * from t");
  }

  @Test
  void anExcerptIsCutBetweenCharacters() {
    assertThat(Printable.excerpt("🙂🙂🙂🙂", 3)).isEqualTo("🙂🙂…");
    assertThat(Printable.excerpt("abc", 3)).isEqualTo("abc");
  }
}
