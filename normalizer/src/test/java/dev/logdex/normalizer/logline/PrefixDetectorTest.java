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

  /** The table of the specification, section 1.4. */
  static List<String> met() {
    return List.of(
        "%m [%p] ",
        "%m [%p] %q%u@%d ",
        "%t [%p-%l] %q%u@%d ",
        "%t:%r:%u@%d:[%p]:",
        "%m:%r:%u@%d:[%p]:%l:%e:%s:%v:%x:%c:%q%a:",
        " sql_error_code = %e time_ms = \"%m\" pid=\"%p\" proc_start_time=\"%s\""
            + " session_id=\"%c\" vtid=\"%v\" tid=\"%x\" log_line=\"%l\" %qdatabase=\"%d\""
            + " connection_source=\"%r\" user=\"%u\" application_name=\"%a\" ",
        " sql_error_code = %e ",
        " database = %d connection_source = %r sql_error_code = %e ",
        "%t-%c-",
        "%m [%p] %q[user=%u,db=%d,app=%a] ",
        "[%p]: [%l-1] db=%d,user=%u ",
        "%m [%p]: [%l-1] db=%d,user=%u ",
        "pid=%p,user=%u,db=%d,app=%a,client=%h ",
        "%m [%p][%v] : [%l-1] %q[app=%a] ",
        "%m [%p][%b][%v][%x] %q[user=%u,db=%d,app=%a] ",
        "%m [%p] %q[user=%u,db=%d,app=%a,host=%h] ",
        "%t [%p]: [%l-1] user=%u,db=%d,app=%a,client=%h ",
        "%t [%p]: ",
        "%t [%p]: db=%d,user=%u,app=%a,client=%h ",
        "user=%u,db=%d,app=%a,client=%h ",
        "%m [%p] %d %a %u %h %c ",
        "<%t %r %a %d %u %p %c %i>",
        "%t ",
        "%m [%p][%b]: [%l-1] db=%d,user=%u ",
        "[POSTGRES] %m [%p] ",
        "ttid=%* sqlstate=[%e] user=[%u] backend=[%b] app=[%a] [%p] ",
        "%p-%s-%c-%l-%h-%u-%d-%m ",
        "%m %r %u %a [%c] [%p] ",
        "%t [%p]: [%l-1] user=%u,db=%d - PG-%e ",
        "%t [%p]: [%l-1] [trx_id=%x] user=%u,db=%d ");
  }

  @ParameterizedTest
  @MethodSource("met")
  void everyPrefixOfTheTableIsRead(String prefix) {
    Map<Character, String> unknown = new HashMap<>(PrintedLine.SESSION);
    unknown.putAll(Map.of('u', "[unknown]", 'd', "[unknown]", 'a', "[unknown]"));
    unknown.put('i', "authentication");
    Map<Character, String> session = new HashMap<>(PrintedLine.SESSION);
    session.put('*', "0123/4567");
    unknown.put('*', "0123/4567");
    session.put('r', "[local]");
    session.put('h', "[local]");
    for (int round = 0; round < 50; round++) {
      assertThat(read(PrintedLine.background(prefix, "LOG:  checkpoint complete"))).isTrue();
      assertThat(match.user() + match.database() + match.application()).isEmpty();
      assertThat(read(PrintedLine.session(prefix, unknown, "LOG:  connection received"))).isTrue();
      assertThat(match.user() + match.database() + match.application()).isEmpty();
      assertThat(read(PrintedLine.session(prefix, session, "LOG:  duration: 1.2 ms"))).isTrue();
      assertThat(match.user()).isEqualTo(prefix.contains("%u") ? "svc-report" : "");
      assertThat(match.database()).isEqualTo(prefix.contains("%d") ? "shop" : "");
      assertThat(match.process()).isEqualTo(prefix.contains("%p") ? "15070" : "");
    }
    assertThat(String.valueOf(detector.prefix())).isEqualTo(prefix);
  }

  @Test
  void aLevelInAnUnknownLanguageIsCountedAndTold() {
    feed("%m [%p] ", 5);
    byte[] line = PrintedLine.session("%m [%p] ", PrintedLine.SESSION, "HATA:  yok");

    assertThat(read(line)).isFalse();
    assertThat(detector.lastWasUnknownWord()).isTrue();
    assertThat(read(line)).isFalse();
    assertThat(read("pg_ctl: SERVER:  x".getBytes(UTF_8))).isFalse();

    assertThat(detector.lastWasUnknownWord()).isFalse();
    assertThat(detector.unknownWords()).isEqualTo(2);
    assertThat(detector.unknownWord()).isEqualTo("HATA");
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
