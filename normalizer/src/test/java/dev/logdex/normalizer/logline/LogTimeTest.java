package dev.logdex.normalizer.logline;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogTimeTest {
  /** Reads every time of the tables, so that what it remembers would show. */
  private static final LogClock CLOCK = new LogClock();

  @ParameterizedTest
  @CsvSource({"IST, , IST", "CST, Asia/Shanghai, ", "CET, , ", "+0545, , "})
  void anAbbreviationWithSeveralMeaningsIsTold(
      String abbreviation, @Nullable String zone, @Nullable String told) {
    LogClock clock = new LogClock();
    byte[] bytes = ("2026-11-21 00:23:45 " + abbreviation).getBytes(US_ASCII);

    clock.micros(bytes, 0, bytes.length, zone == null ? null : ZoneId.of(zone));

    assertThat(clock.ambiguous()).isEqualTo(told);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-21 00:23:45 UTC, , 2026-11-21T00:23:45Z",
    "2026-11-21 00:23:45.389 UTC, , 2026-11-21T00:23:45.389Z",
    "2026-11-21 00:23:45 -03, , 2026-11-21T03:23:45Z",
    "2026-11-21 00:23:45 +0545, , 2026-11-20T18:38:45Z",
    "2026-04-21 00:23:45 EST, , 2026-04-21T05:23:45Z",
    "2026-04-21 00:23:45 MST, , 2026-04-21T07:23:45Z",
    "2026-04-21 00:23:45 AEST, , 2026-04-20T14:23:45Z",
    "2026-07-21 00:23:45 CEST, , 2026-07-20T22:23:45Z",
    "2026-11-21 00:23:45 IST, , 2026-11-20T18:53:45Z",
    "2026-11-21 00:23:45 IST, Asia/Jerusalem, 2026-11-20T22:23:45Z",
    "2026-11-21 00:23:45 CST, Asia/Shanghai, 2026-11-20T16:23:45Z",
    "2026-11-21 00:23:45 XYZ, Europe/Berlin, 2026-11-20T23:23:45Z",
    "2026-10-25 02:30:00 CEST, Europe/Berlin, 2026-10-25T00:30:00Z",
    "2026-10-25 02:30:00 CET, Europe/Berlin, 2026-10-25T01:30:00Z",
    "2026-10-25 01:30:00 IST, Asia/Jerusalem, 2026-10-24T23:30:00Z",
    "2026-10-25 01:30:00 IDT, Asia/Jerusalem, 2026-10-24T22:30:00Z",
    "2026-10-25 01:30:00 IST, Europe/Dublin, 2026-10-25T00:30:00Z",
    "2026-10-25 01:30:00 GMT, Europe/Dublin, 2026-10-25T01:30:00Z",
    "2026-11-01 00:30:00 CDT, America/Havana, 2026-11-01T04:30:00Z",
    "2026-11-01 00:30:00 CST, America/Havana, 2026-11-01T05:30:00Z",
    "2026-11-21 00:23:45 +11, , 2026-11-20T13:23:45Z",
    "2026-11-21 00:23:45 -03, Europe/Berlin, 2026-11-21T03:23:45Z",
    "2026-11-21T00:25:13.031664+00:00, , 2026-11-21T00:25:13.031664Z",
    "2026-11-21T00:25:13.031664-05:30, , 2026-11-21T05:55:13.031664Z",
    "2026-11-21T00:25:13Z, , 2026-11-21T00:25:13Z",
    "2016-12-31 23:59:60 UTC, , 2017-01-01T00:00:00Z",
  })
  void timesAreRead(String text, @Nullable String zone, String expected) {
    assertThat(parse(text, zone)).isEqualTo(Instant.parse(expected));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2026-11-21",
        "2026-11-21 00:23:45 XYZ",
        "2026-13-21 00:23:45 UTC",
        "2026-02-30 00:23:45 UTC",
        "2026-11-21 25:23:45 UTC",
        "2026-11-21 00:23:99 UTC",
        "2026-11-21 00:23:45 +99",
        "2026-11-21T00:23:45+",
        "2026-11-21T00:23:45-0x",
        "2026/11/21 00:23:45 UTC",
      })
  void whatIsNoTimeOrHasNoKnownZoneIsNull(String text) {
    assertThat(parse(text, null)).isNull();
  }

  private static @Nullable Instant parse(String text, @Nullable String zone) {
    byte[] bytes = text.getBytes(US_ASCII);
    ZoneId configured = zone == null ? null : ZoneId.of(zone);
    Instant instant = LogTime.parse(bytes, 0, bytes.length, configured);
    long micros = CLOCK.micros(bytes, 0, bytes.length, configured);
    assertThat(micros == LogClock.NO_TIME ? null : Instant.EPOCH.plus(micros, ChronoUnit.MICROS))
        .isEqualTo(instant);
    return instant;
  }
}
