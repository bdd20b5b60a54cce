package dev.logdex.normalizer.logline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LinePrefixTest {
  private final PrefixMatch match = new PrefixMatch();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%m [%p] ",
        "%m [%p] %q%u@%d ",
        "%t:%r:%u@%d:[%p]:",
        "%n %p %u %d ",
        "%m [%p] %b %L %P|%v|%x|%Q ",
        "%-30m|%10p|%-12u|%12d| ",
        "%m [%7p] %-20u%-20d%i ",
        "%c %l %s %e %u %d ",
        "%m %p 100%% %u/%d ",
        "%z%m %p %u %d%k ",
        "%p-%s-%c-%l-%h-%u/%d-%m ",
        "é%m ü%p %u %d ",
        "%m %p %u %d",
        "%q%m %p %u %d %i:",
      })
  void linesOfSessionsAreRead(String prefix) {
    byte[] line = PrintedLine.session(prefix, PrintedLine.SESSION, "ERROR:  broken");

    assertMatches(prefix, line);

    assertThat(match.word()).isEqualTo(LineWord.ERROR);
    assertThat(text(line)).isEqualTo("broken");
    assertThat(match.user()).isEqualTo(prefix.contains("u") ? "svc-report" : "");
    assertThat(match.database()).isEqualTo(prefix.matches(".*%-?\\d*d.*") ? "shop" : "");
    assertThat(match.process()).isEqualTo(prefix.matches(".*%-?\\d*p.*") ? "15070" : "");
    if (prefix.matches(".*%-?\\d*[mn].*")) {
      assertThat(match.time(null)).isEqualTo(Instant.parse("2026-11-21T00:23:45.389Z"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%m [%p] %q%u@%d ",
        "%t:%r:%u@%d:[%p]:",
        "%m [%p] %-12u %12d %i ",
        "%m [%p] %d %a %u %h %c ",
        "%m [%p][%b][%v][%x] %q[user=%u,db=%d,app=%a] ",
        "pid=%p,user=%u,db=%d,app=%a,client=%h ",
      })
  void linesOfBackgroundProcessesHaveNoNames(String prefix) {
    byte[] line = PrintedLine.background(prefix, "LOG:  checkpoint starting: time");

    assertMatches(prefix, line);

    assertThat(text(line)).isEqualTo("checkpoint starting: time");
    assertThat(match.user()).isEmpty();
    assertThat(match.database()).isEmpty();
    assertThat(match.process()).isEqualTo("15070");
  }

  @ParameterizedTest
  @CsvSource({
    "r, [local]",
    "r, ::1(52346)",
    "r, fe80::1%eth0(1)",
    "r, db-client.example.com(5)",
    "h, [local]",
    "h, ::1",
    "b, walsender",
    "d, my db-1",
    "u, we ird@ro[le]",
    "a, [0 of 5 busy]",
    "a, 'x LOG:  y'",
    "a, 'a, b] c'",
    "i, idle in transaction",
    "i, authentication",
    "b, parallel worker",
    "t, 2026-11-21 00:23:45 +0545",
    "t, 2026-11-21 00:23:45 -03",
    "m, 2026-11-21 00:23:45.389 CEST",
    "v, 12/345678",
    "P, 4711",
  })
  void valuesMayLookOdd(char escape, String value) {
    String prefix = "%m|%t|%p|%r|%h|%u|%d|%a|%i|%b|%v|%P> ";
    Map<Character, String> values = new HashMap<>(PrintedLine.SESSION);
    values.put(escape, value);
    byte[] line = PrintedLine.session(prefix, values, "LOG:  text");

    assertMatches(prefix, line);

    assertThat(text(line)).isEqualTo("text");
    assertThat(match.user()).isEqualTo(values.get('u'));
    assertThat(match.database()).isEqualTo(values.get('d'));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\tSELECT 1",
        "LOG:  no prefix",
        "2026-11-21 00:23:45.389 UTC [15070]",
        "2026-11-21 00:23:45.389 UTC [15070] ",
        "2026-11-21 00:23:45.389 UTC [15070] LOG",
        "2026-11-21 00:23:45.389 UTC [15070] LOG:no blank",
        "2026-11-21 00:23:45.389 UTC [15070] LOGS:  x",
        "2026-11-21 00:23:45 UTC [15070] LOG:  no milliseconds",
        "2026-11-21 00:23:45.389 UTC [x] LOG:  no process",
        "2026-11-21 00:23:45.389 UTC [15070] app@db LOG:  not in this prefix",
        " 2026-11-21 00:23:45.389 UTC [15070] LOG:  shifted",
      })
  void otherLinesDoNotMatch(String text) {
    byte[] line = text.getBytes(UTF_8);

    assertThat(LinePrefix.compile("%m [%p] ").match(line, 0, line.length, match)).isFalse();
  }

  @Test
  void oneBlankAfterTheLevelIsEnough() {
    byte[] line = "LOG: duration: 0.054 ms".getBytes(UTF_8);

    assertMatches("", line);

    assertThat(text(line)).isEqualTo("duration: 0.054 ms");
  }

  @Test
  void aMessageMayBeginWithBlanksOfItsOwn() {
    byte[] line = "NOTICE:    indented".getBytes(UTF_8);

    assertMatches("", line);

    assertThat(text(line)).isEqualTo("  indented");
  }

  @Test
  void aNameThatWasAuthorizedIsPreferredOverTheFirstSeparator() {
    KnownNames names = new KnownNames();
    assertThat(
            names.learn(
                "connection authorized: user=svc-report database=my-db application_name=psql"))
        .isTrue();
    byte[] line = "15070-svc-report-my-db-LOG:  x".getBytes(UTF_8);
    PrefixDetector detector = new PrefixDetector("%p-%u-%d-", names);

    assertThat(detector.match(line, 0, line.length, false, match)).isTrue();

    assertThat(match.user()).isEqualTo("svc-report");
    assertThat(match.database()).isEqualTo("my-db");
  }

  @Test
  void aNameThatWasNotAuthorizedIsReadAllTheSame() {
    KnownNames names = new KnownNames();
    names.add("someone", "else");
    byte[] line = "15070-app-db-LOG:  x".getBytes(UTF_8);
    PrefixDetector detector = new PrefixDetector("%p-%u-%d-", names);

    assertThat(detector.match(line, 0, line.length, false, match)).isTrue();

    assertThat(match.user()).isEqualTo("app");
    assertThat(match.database()).isEqualTo("db");
  }

  @Test
  void anEscapeThatIsCutOffPrintsNothing() {
    byte[] line = "15070 LOG:  x".getBytes(UTF_8);

    assertMatches("%p %", line);
    assertMatches("%p %-1", line);
  }

  @ParameterizedTest
  @CsvSource({
    "'ERROR:  22012: division by zero', 22012, division by zero",
    "'LOG:  00000: duration: 1.0 ms', 00000, duration: 1.0 ms",
    "'ERROR:  P0001: raised', P0001, raised",
    "'ERROR:  HELLO: no state', '', HELLO: no state",
    "'DETAIL:  22012: no level', '', 22012: no level",
    "'LOG:  [postgres.cc:123]  duration: 1.0 ms', '', duration: 1.0 ms",
    "'LOG:  [1, 2]  x', '', '[1, 2]  x'",
  })
  void whatStandsInFrontOfTheMessageIsNoPartOfIt(String rest, String sqlstate, String text) {
    byte[] line = rest.getBytes(UTF_8);

    assertMatches("", line);

    assertThat(match.sqlstate()).isEqualTo(sqlstate);
    assertThat(text(line)).isEqualTo(text);
  }

  @Test
  void everythingThatThePrefixTellsCanBeAsked() {
    String prefix = "%m [%p] %u@%d/%a %r %b %e %c %l %Q ";

    assertMatches(prefix, PrintedLine.session(prefix, PrintedLine.SESSION, "LOG:  x"));

    assertThat(match.application()).isEqualTo("psql");
    assertThat(match.host()).isEqualTo("10.1.2.3");
    assertThat(match.backendType()).isEqualTo("client backend");
    assertThat(match.sqlstate()).isEqualTo("00000");
    assertThat(match.session()).isEqualTo("6b00e492.3ade");
    assertThat(match.lineNumber()).isEqualTo(12);
    assertThat(match.queryId()).isEqualTo(-7551236425306139412L);
    assertThat(match.timeMicros(null)).isEqualTo(1795220625389000L);
  }

  @Test
  void aNameThatIsNotKnownYetIsEmpty() {
    assertMatches("%u@%d ", "[unknown]@[unknown] LOG:  connection received".getBytes(UTF_8));

    assertThat(match.user()).isEmpty();
    assertThat(match.database()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"%t", "%m%p ", "%p%l ", "%t%u ", "%-5l%p "})
  void valuesThatNothingSeparatesStillMakeALine(String prefix) {
    assertMatches(prefix, PrintedLine.session(prefix, PrintedLine.SESSION, "LOG:  x"));
  }

  private void assertMatches(String prefix, byte[] line) {
    assertThat(LinePrefix.compile(prefix).match(line, 0, line.length, match))
        .as("'%s' on '%s'", prefix, new String(line, UTF_8))
        .isTrue();
  }

  private String text(byte[] line) {
    return new String(line, match.textFrom(), line.length - match.textFrom(), UTF_8);
  }
}
