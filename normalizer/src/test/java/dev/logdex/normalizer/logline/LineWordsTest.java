package dev.logdex.normalizer.logline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logdex.normalizer.text.Utf8;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LineWordsTest {
  /** Language, word, and how the server prints it; one row for each word of each catalogue. */
  static List<String[]> printed() throws IOException {
    try (InputStream in =
        requireNonNull(LineWordsTest.class.getResourceAsStream("/pg15/words.tsv"))) {
      return new String(in.readAllBytes(), UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.replace('_', ' ').replace('^', '\u00a0').split("\t", -1))
          .toList();
    }
  }

  static List<String[]> words() throws IOException {
    return printed().stream().filter(row -> !row[1].equals("[unknown]")).toList();
  }

  static List<String[]> unknownNames() throws IOException {
    return printed().stream().filter(row -> row[1].equals("[unknown]")).toList();
  }

  @ParameterizedTest
  @MethodSource("words")
  void everyWordOfEveryLanguageIsRead(String language, String word, String printed) {
    byte[] line = ("2026-11-21 00:23:45 UTC [1] " + printed + "text").getBytes(UTF_8);
    PrefixMatch match = new PrefixMatch();

    assertThat(LinePrefix.compile("%t [%p] ").match(line, 0, line.length, match)).isTrue();

    // Georgian has one word for both
    LineWord expected = printed.startsWith("გაფრთხილება") ? LineWord.WARNING : LineWord.named(word);
    assertThat(match.word()).isEqualTo(expected);
    boolean english = printed.stripTrailing().equals(word + ":");
    assertThat(match.language() == null).isEqualTo(english);
    String text = new String(line, match.textFrom(), line.length - match.textFrom(), UTF_8);
    assertThat(text.stripLeading()).isEqualTo("text");
  }

  @ParameterizedTest
  @MethodSource("words")
  void everyLevelIsReadAloneToo(String language, String word, String printed) {
    String bare = printed.substring(0, printed.indexOf(':')).strip();
    LineWords.Spelling level = LineWords.level(Utf8.of(bare));

    assertThat(level == null).isEqualTo(LineWord.named(word).isPart());
  }

  @ParameterizedTest
  @MethodSource("unknownNames")
  void aNameThatIsNotKnownYetIsNoName(String language, String word, String printed) {
    assertThat(LineWords.isUnknownName(Utf8.of(printed))).isTrue();
    assertThat(LineWords.isUnknownName(Utf8.of(printed + "x"))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "'x LOG:  y', 2",
    "'CATALOG:  y', -1",
    "'12:30 PANIC: z', 6",
    "'x ANWEISUNG:  y', 2",
    "'x ОШИБКА:  y', 2",
    "'x INSTRUCTION\u00a0:  y', 2",
    "'LOG:', 0",
    "'no word: here', -1",
    "'', -1",
  })
  void wordsAreFoundAnywhereInALine(String line, int expected) {
    byte[] bytes = line.getBytes(UTF_8);

    assertThat(LineWords.next(bytes, 0, bytes.length)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"HATA:  x", "BŁĄD:  x", "שגיאה:  x", "ΣΦΑΛΜΑ :  x", "CHYBA:  x"})
  void aWordInNoKnownLanguageLooksLikeALevel(String line) {
    byte[] bytes = line.getBytes(UTF_8);

    assertThat(LineWords.endOfUnknownWord(bytes, 0, bytes.length)).isPositive();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "HATA: x", "hata:  x", "A:  x", "HATA", "12:  x", " HATA:  x"})
  void otherTextDoesNot(String line) {
    byte[] bytes = line.getBytes(UTF_8);

    assertThat(LineWords.endOfUnknownWord(bytes, 0, bytes.length)).isNegative();
  }
}
