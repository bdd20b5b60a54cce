package dev.logdex.recommender.advice;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VisibleTextTest {
  @Test
  void whatWouldSteerATerminalIsReplaced() {
    assertThat(VisibleText.oneLine("a\u001b[31mb\u0007\u202ec\r\nd\te"))
        .isEqualTo("a\uFFFD[31mb\uFFFD\uFFFDc  d e");
  }

  @Test
  void lettersOfAllLanguagesStay() {
    assertThat(VisibleText.oneLine("größe 数 😀")).isEqualTo("größe 数 😀");
  }

  @Test
  void sqlBreaksBetweenWordsOnly() {
    assertThat(VisibleText.wrapSql("SELECT a,  b\nFROM t WHERE c = $1", 12))
        .containsExactly("SELECT a, b", "FROM t WHERE", "c = $1");
  }

  @Test
  void quotedNamesAreNotBrokenNorSqueezed() {
    assertThat(VisibleText.wrapSql("SELECT \"a  long 'name\" FROM 'b  c'", 8))
        .containsExactly("SELECT", "\"a  long 'name\"", "FROM", "'b  c'");
  }

  @Test
  void aWordThatIsTooLongStandsAlone() {
    assertThat(VisibleText.wrap("a " + "b".repeat(20) + " c", 10))
        .containsExactly("a", "b".repeat(20), "c");
  }

  @Test
  void widthIsCountedInCodePoints() {
    assertThat(VisibleText.wrap("😀😀 😀😀", 5)).containsExactly("😀😀 😀😀");
  }

  @Test
  void longTextIsCutBetweenCodePoints() {
    assertThat(VisibleText.cut("😀😀😀", 2)).isEqualTo("😀😀…");
    assertThat(VisibleText.cut("😀😀", 2)).isEqualTo("😀😀");
  }
}
