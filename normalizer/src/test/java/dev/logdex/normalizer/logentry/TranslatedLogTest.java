package dev.logdex.normalizer.logentry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logdex.normalizer.statement.StatementEvent;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same script ran on servers that differ in lc_messages, and in nothing that is compared. */
class TranslatedLogTest {
  @ParameterizedTest
  @ValueSource(strings = {"german", "french", "russian", "japanese"})
  void aTranslatedLogTellsWhatTheEnglishOneDoes(String language) throws IOException {
    Told english = told("explaintext");
    Told translated = told(language);

    assertThat(translated.letters).isEmpty();
    assertThat(translated.statements())
        .containsExactlyInAnyOrderElementsOf(english.statements())
        .hasSize(54);
    assertThat(events(translated)).containsExactlyInAnyOrderElementsOf(events(english));
  }

  private static List<String> events(Told told) {
    return told.all.stream()
        .filter(StatementEvent.class::isInstance)
        .map(StatementEvent.class::cast)
        .map(event -> event.kind() + " " + event.statement())
        .toList();
  }

  private static Told told(String folder) throws IOException {
    String name = "/pg15/" + folder + "/stderr.log";
    try (InputStream in =
        Objects.requireNonNull(TranslatedLogTest.class.getResourceAsStream(name), name)) {
      return Told.by(LogSettings.defaults(), in.readAllBytes());
    }
  }
}
