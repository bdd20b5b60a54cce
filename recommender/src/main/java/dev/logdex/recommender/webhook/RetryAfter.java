package dev.logdex.recommender.webhook;

import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** How long a receiver asks to be left alone, by its own clock. */
final class RetryAfter {
  private static final String NONE = "";

  private RetryAfter() {}

  /** Nothing when the receiver does not say, or says nothing that can be understood. */
  static Optional<Duration> of(HttpHeaders headers) {
    String after = header(headers, "retry-after");
    if (!after.isEmpty()) {
      return after.matches("\\d{1,9}")
          ? Optional.of(Duration.ofSeconds(Long.parseLong(after)))
          : time(after).flatMap(then -> until(headers, then));
    }
    return isSpent(headers)
        ? reset(headers).flatMap(then -> until(headers, then))
        : Optional.empty();
  }

  /**
   * Whether the receiver counts requests and this client has had all of its share, as GitHub says
   * it.
   */
  static boolean isSpent(HttpHeaders headers) {
    return header(headers, "x-ratelimit-remaining").equals("0");
  }

  private static Optional<Instant> reset(HttpHeaders headers) {
    String seconds = header(headers, "x-ratelimit-reset");
    return seconds.matches("\\d{1,11}")
        ? Optional.of(Instant.ofEpochSecond(Long.parseLong(seconds)))
        : Optional.empty();
  }

  private static Optional<Duration> until(HttpHeaders headers, Instant then) {
    return time(header(headers, "date"))
        .map(now -> Duration.between(now, then))
        .map(left -> left.isNegative() ? Duration.ZERO : left);
  }

  private static Optional<Instant> time(String text) {
    try {
      return Optional.of(
          ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static String header(HttpHeaders headers, String name) {
    return headers.firstValue(name).map(String::strip).orElse(NONE);
  }
}
