package dev.logdex.analyzer.plan;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Plans that a real Postgres 15 has printed for the tables of shop.sql. */
public final class Plans15 {
  private Plans15() {}

  public static PlanNode read(String name) {
    return PlanJson.parse(text(name));
  }

  static String text(String name) {
    try (InputStream in = Plans15.class.getResourceAsStream("/pg15/" + name + ".json")) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
