package dev.logdex.recommender.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;

/** The statements that production is asked with, each in a file beside this package's classes. */
enum UsageSql {
  USAGE_SESSION,
  USAGE_NODE,
  USAGE_INDEXES,
  USAGE_INDEXES_16,
  USAGE_TABLES;

  private final String text = read(name().toLowerCase(Locale.ROOT).replace('_', '-') + ".sql");

  String text() {
    return text;
  }

  private static String read(String file) {
    try (InputStream in = UsageSql.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("the jar lacks " + file);
      }
      // comments are for who reads the file, not for the server's log
      return new String(in.readAllBytes(), UTF_8)
          .lines()
          .filter(line -> !line.startsWith("--"))
          .collect(joining("\n"));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }
}
