package dev.logdex.normalizer.logline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PrefixDetectorTest {
  private final PrefixMatch match = new PrefixMatch();
  private final PrefixDetector detector = new PrefixDetector(null, new KnownNames());

  static List<String> known() {
    return PrefixCatalog.PREFIXES.stream().map(LinePrefix::toString).toList();
  }

  @ParameterizedTest
  @MethodSource("known")
  void everyKnownPrefixIsFoundFromAFewLines(String prefix) {
    Map<Character, String> values = new HashMap<>(PrintedLine.SESSION);
    // where names are separated by dashes, a dash in a name cannot be told
    values.put('u', "app");
    for (int line = 0; line < 3; line++) {
      assertThat(read(PrintedLine.background(prefix, "LOG:  checkpoint complete: wrote 3 buffers")))
          .isTrue();
      assertThat(
              read(
                  PrintedLine.session(
                      prefix, values, "LOG:  duration: 1.2 ms  statement: SELECT 1")))
          .isTrue();
      assertThat(match.user()).isEqualTo(prefix.contains("%u") ? "app" : "");
      assertThat(match.database()).isEqualTo(prefix.contains("%d") ? "shop" : "");
    }

    assertThat(String.valueOf(detector.prefix())).isEqualTo(prefix);
  }

  @Test
  void aChangedSettingLosesNoLine() {
    feed("%m [%p] ", 200);
    feed("%t:%r:%u@%d:[%p]:", 200);

    assertThat(detector.fitting()).isEqualTo(400);
    assertThat(String.valueOf(detector.prefix())).isEqualTo("%t:%r:%u@%d:[%p]:");
  }

  @Test
  void aBareLevelWordAmongPrefixedLinesIsNoLogLine() {
    feed("%m [%p] ", 5);

    assertThat(read("ERROR:  some other program".getBytes(UTF_8))).isFalse();
    assertThat(String.valueOf(detector.prefix())).isEqualTo("%m [%p] ");
  }

  @Test
  void aBareLevelWordInAnEnvelopeIsBelieved() {
    feed("%m [%p] ", 5);
    byte[] line = "ERROR:  from the server".getBytes(UTF_8);

    assertThat(detector.match(line, 0, line.length, true, match)).isTrue();
  }

  @Test
  void anUnknownPrefixIsCountedAndAPinnedOneIsCompared() {
    byte[] line = "## 15070 ## LOG:  x".getBytes(UTF_8);
    assertThat(read(line)).isFalse();
    assertThat(detector.unfitting()).isOne();
    assertThat(detector.prefix()).isNull();

    PrefixDetector pinned = new PrefixDetector("%t [%p] ", new KnownNames());
    byte[] other = PrintedLine.session("%m [%p] ", PrintedLine.SESSION, "LOG:  x");
    assertThat(pinned.match(other, 0, other.length, false, match)).isFalse();
    assertThat(pinned.otherPrefix()).isEqualTo("%m [%p] ");
  }

  @Test
  void textWithoutLevelWordTellsNothing() {
    assertThat(read("pg_ctl: could not start server".getBytes(UTF_8))).isFalse();
    assertThat(detector.unfitting()).isZero();
  }

  private void feed(String prefix, int lines) {
    for (int i = 0; i < lines; i++) {
      assertThat(read(PrintedLine.session(prefix, PrintedLine.SESSION, "LOG:  x"))).isTrue();
    }
  }

  private boolean read(byte[] line) {
    return detector.match(line, 0, line.length, false, match);
  }
}
