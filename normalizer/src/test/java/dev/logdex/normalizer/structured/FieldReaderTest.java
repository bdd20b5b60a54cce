package dev.logdex.normalizer.structured;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logdex.normalizer.logline.LineWord;
import dev.logdex.normalizer.statement.LogEntry;
import dev.logdex.normalizer.text.Place;
import dev.logdex.normalizer.text.Utf8;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldReaderTest {
  private static final Instant ARRIVED = Instant.parse("2026-11-21T12:00:00Z");

  private final FieldEntry fields = new FieldEntry();

  @BeforeEach
  void message() {
    put(LogField.SEVERITY, "LOG");
    put(LogField.MESSAGE, "duration: 1.0 ms");
  }

  @ParameterizedTest
  @CsvSource({
    "FEHLER, , ERROR, German",
    "ATTENTION, , WARNING, French",
    "СООБЩЕНИЕ, , LOG, Russian",
    "日志, 00000, LOG, Chinese",
    "DEBUG2, , DEBUG, ",
    "HATA, 42P01, ERROR, an unknown language",
    "UYARI, 01000, WARNING, an unknown language",
    "GÜNLÜK, 00000, LOG, an unknown language",
    "GÜNLÜK, , LOG, an unknown language",
  })
  void levelsAreReadInEveryLanguage(
      String severity, @Nullable String state, LineWord level, @Nullable String language) {
    put(LogField.SEVERITY, severity);
    if (state != null) {
      put(LogField.SQLSTATE, state);
    }

    assertThat(read().level()).isEqualTo(level);
    assertThat(read().language()).isEqualTo(language);
  }

  @ParameterizedTest
  @CsvSource({
    "-7551236425306139412, -7551236425306139412",
    "-9223372036854775808, -9223372036854775808",
    "9223372036854775807, 9223372036854775807",
    "99999999999999999999, 0",
    "1.5, 0",
    "'', 0",
  })
  void queryIdsAreSigned64BitNumbers(String text, long expected) {
    put(LogField.QUERY_ID, text);

    assertThat(read().queryId()).isEqualTo(expected);
  }

  @Test
  void theBackendIsTheProcessOrElseTheSession() {
    put(LogField.SESSION, "6b00ddc4.3ade");
    assertThat(read().backend()).isEqualTo("6b00ddc4.3ade");
    put(LogField.PROCESS, "15070");
    assertThat(read().backend()).isEqualTo("15070");
    assertThat(read().session()).isEqualTo("6b00ddc4.3ade");
    assertThat(new FieldReader(null).entry(fields, "pod-1", ARRIVED, new Place("p", 1)))
        .extracting(LogEntry::backend)
        .isEqualTo("pod-1 15070");
  }

  @Test
  void theConfiguredZoneDecides() {
    put(LogField.TIME, "2026-11-20 23:54:44.068 IST");

    assertThat(read().loggedAt()).isEqualTo(Instant.parse("2026-11-20T18:24:44.068Z"));
    assertThat(
            new FieldReader(ZoneId.of("Asia/Jerusalem"))
                .entry(fields, "", ARRIVED, new Place("p", 1)))
        .extracting(LogEntry::at)
        .isEqualTo(Instant.parse("2026-11-20T21:54:44.068Z"));
  }

  @Test
  void withoutTimeTheArrivalCounts() {
    assertThat(read().loggedAt()).isNull();
    assertThat(read().at()).isEqualTo(ARRIVED);
  }

  @Test
  void aNameThatIsNotKnownYetIsNone() {
    put(LogField.USER, "[unbekannt]");
    put(LogField.DATABASE, "");

    assertThat(read().user()).isEmpty();
    assertThat(read().database()).isEmpty();
    assertThat(read().lineNumber()).isEqualTo(-1);
  }

  @Test
  void fieldsWithoutLevelAndMessageAreNoEntry() {
    FieldEntry none = new FieldEntry();
    none.put(LogField.PROCESS, Utf8.of("1"));

    assertThat(new FieldReader(null).entry(none, "", ARRIVED, new Place("p", 1))).isNull();
  }

  private void put(LogField field, String value) {
    fields.put(field, Utf8.of(value));
  }

  private LogEntry read() {
    return java.util.Objects.requireNonNull(
        new FieldReader(null).entry(fields, "", ARRIVED, new Place("p", 1)));
  }
}
