package dev.logdex.ingest.tail;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.READ;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeSearchTest {
  private static final Instant BEGIN = Instant.parse("2026-11-21T10:00:00Z");

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2026-11-21 10:00:00.250 UTC [1] a@b LOG:  x | 2026-11-21T10:00:00.250Z",
        "2026-11-21 10:00:00 GMT:10.0.0.1(5):a@b:[1]:LOG:  x | 2026-11-21T10:00:00Z",
        "2026-11-21 15:45:00 +0545 [1] LOG:  x | 2026-11-21T10:00:00Z",
        "2026-11-21 07:00:00.5 -03 [1] LOG:  x | 2026-11-21T10:00:00.5Z",
        "'2026-11-21 10:00:00.250 UTC,\"a\",\"b\",1' | 2026-11-21T10:00:00.250Z",
        "'{\"timestamp\":\"2026-11-21 10:00:00.250 UTC\",\"pid\":1}' | 2026-11-21T10:00:00.250Z",
        "2026-11-21T11:00:00.013177+01:00 vm postgres[1]: [7-1] x | 2026-11-21T10:00:00.013177Z",
        "1795255200.250 [1] LOG:  x | 2026-11-21T10:00:00.250Z"
      })
  void aLineSaysItsTime(String line, Instant time) {
    byte[] bytes = line.getBytes(UTF_8);
    assertThat(LineTime.of(bytes, 0, bytes.length)).isEqualTo(time);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "\t2026-11-21 10:00:00 UTC", "[1] LOG:  x", "2026-13-41 10:00:00 UTC x"})
  void aLineMaySayNoTime(String line) {
    byte[] bytes = line.getBytes(UTF_8);
    assertThat(LineTime.of(bytes, 0, bytes.length)).isNull();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 777, 4999, 9999})
  void theFirstLineOfATimeIsFound(int second) throws IOException {
    String text = log(10_000, n -> BEGIN.plusSeconds(n) + " LOG:  x\n\tcontinued\n\n");

    assertThat(first(text, BEGIN.plusSeconds(second)))
        .startsWith(BEGIN.plusSeconds(second).toString());
    assertThat(first(text, BEGIN.plusSeconds(second).minusMillis(1)))
        .startsWith(BEGIN.plusSeconds(second).toString());
  }

  @Test
  void aTimeBehindTheLastLineIsTheEnd() throws IOException {
    assertThat(first(log(5000, n -> BEGIN.plusSeconds(n) + " x\n"), BEGIN.plusSeconds(5000)))
        .isEmpty();
  }

  @Test
  void aFileThatSaysNoTimesIsReadFromItsBeginning() throws IOException {
    String text = log(5000, n -> "LOG:  x\n");

    assertThat(first(text, BEGIN)).isEqualTo(text);
  }

  @Test
  void entriesLongerThanAStepDoNotHideTheTimes() throws IOException {
    String text =
        log(50, n -> BEGIN.plusSeconds(n) + " LOG:  x\n" + "\tcontinued line\n".repeat(4000));

    assertThat(first(text, BEGIN.plusSeconds(31))).startsWith(BEGIN.plusSeconds(31).toString());
  }

  @Test
  void aStartThatIsNoneIsRefused() {
    assertThat(StartAt.parse("2026-11-21T10:00Z")).isEqualTo(new StartAt.Time(BEGIN));
    assertThat(StartAt.parse("end")).isSameAs(StartAt.END);
    assertThatThrownBy(() -> StartAt.parse("yesterday"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("yesterday");
  }

  private static String log(int entries, Function<Integer, String> entry) {
    StringBuilder text = new StringBuilder();
    for (int n = 0; n < entries; n++) {
      text.append(entry.apply(n));
    }
    return text.toString();
  }

  private String first(String text, Instant time) throws IOException {
    Path file = Files.writeString(folder.resolve("x.log"), text);
    try (FileChannel channel = FileChannel.open(file, READ)) {
      int position = Math.toIntExact(new TimeSearch(channel).firstNotBefore(time));
      return text.substring(position);
    }
  }
}
