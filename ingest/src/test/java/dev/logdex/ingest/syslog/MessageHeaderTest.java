package dev.logdex.ingest.syslog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageHeaderTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<134>1 2026-11-20T23:54:44.054764+00:00 vm postgres 15070 - -  [6-1] x | vm",
        "<134>1 2023-06-05T19:33:14+00:00 host app postgres.1 - [YELLOW] [12-1]  x | host",
        "<134>Nov 20 23:54:44 vm postgres[15070]: [12-2] x | vm",
        "<134>Nov  2 23:54:44 db-1.example.org postgres: x | db-1.example.org",
        "<132>2026-11-21T00:25:13.031664+00:00 vm postgres[23162]: [23-1] x | vm",
        "2026-11-21T00:25:13.031664+00:00 vm postgres[23162]: [23-1] x | vm",
        "Nov 20 23:54:44 ::1 postgres[15070]: x | ::1"
      })
  void theHostStandsBehindTheTime(String message, String host) {
    assertThat(host(message)).isEqualTo(host);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<",
        "<134>",
        "<134>1",
        "<134>1 ",
        "<134>1 - - postgres 1 - - x",
        "<134>1 2026-11-20T23:54:44Z",
        "<134>1 2026-11-20T23:54:44Z vm",
        "<134>1 2026-11-20T23:54:44Z v\tm postgres 1 - - x",
        "<132>Nov 21 00:25:13 postgres[23162]: [23-1] x",
        "<132>Nov 21 00:25:13 postgres: x",
        "<132>hello there",
        "<1320>Nov 21 00:25:13 vm postgres: x",
        "2026-11-20 23:54:44.068 UTC [15070] postgres@postgres LOG:  x",
        "\tFROM t"
      })
  void manyMessagesNameNone(String message) {
    assertThat(host(message)).isEqualTo("none");
  }

  @ParameterizedTest
  @ValueSource(ints = {255, 256, 100_000})
  void aHostIsNoLongerThanTheStandardAllows(int length) {
    String host = "h".repeat(length);

    assertThat(host("<134>1 2026-11-20T23:54:44Z " + host + " postgres 1 - - x"))
        .isEqualTo(length <= 255 ? host : "none");
  }

  private static String host(String message) {
    byte[] bytes = ("xx" + message + "yy").getBytes(UTF_8);
    long host = MessageHeader.host(bytes, 2, bytes.length - 2);
    return host == MessageHeader.NO_HOST
        ? "none"
        : new String(
            bytes,
            MessageHeader.from(host),
            MessageHeader.to(host) - MessageHeader.from(host),
            UTF_8);
  }
}
