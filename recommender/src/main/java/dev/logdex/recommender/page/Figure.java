package dev.logdex.recommender.page;

import static dev.logdex.recommender.page.Element.el;

import dev.logdex.recommender.advice.Figures;
import dev.logdex.recommender.event.RecommendationKind;
import dev.logdex.recommender.event.RecommendationState;
import dev.logdex.recommender.event.Severity;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** Small pieces that all pages are made of. */
final class Figure {
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("uuuu-MM-dd", Locale.ROOT).withZone(ZoneOffset.UTC);

  private Figure() {}

  static Html time(Instant instant) {
    return el("time", MINUTE.format(instant)).set("datetime", instant.toString());
  }

  static Html day(Instant instant) {
    return el("time", DAY.format(instant)).set("datetime", instant.toString());
  }

  static Html state(RecommendationState state) {
    return el("span.state.state-" + state.word(), state.word());
  }

  static Html severity(Severity severity) {
    return el("span.severity.severity-" + severity.word(), severity.word());
  }

  static String kind(RecommendationKind kind) {
    String words = kind.word().replace('-', ' ');
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }

  /** Planner units a minute, short enough for a list: 12.3 M, 450 k, 12.5. */
  static String saving(double perMinute) {
    double size = Math.abs(perMinute);
    if (size >= 999_500_000) {
      return String.format(Locale.ROOT, "%.1f G", perMinute / 1e9);
    }
    if (size >= 999_500) {
      return String.format(Locale.ROOT, "%.1f M", perMinute / 1e6);
    }
    return size >= 10_000
        ? String.format(Locale.ROOT, "%.0f k", perMinute / 1e3)
        : Figures.rate(perMinute);
  }

  /** Names and what they stand for, side by side. */
  static Element facts(List<Fact> facts) {
    return el("dl.facts")
        .addAll(
            facts.stream()
                .map(fact -> el("div", el("dt", fact.name()), el("dd").add(fact.value()))));
  }

  static Html code(String text) {
    return el("code", text);
  }

  /** A section with a heading that can be linked to. */
  static Element section(String id, String heading, Html... content) {
    return el("section").set("id", id).add(el("h2", heading)).add(content);
  }

  static Html note(String text) {
    return el("p.note", text);
  }

  static Html empty(String text) {
    return el("p.empty", text);
  }

  /**
   * A named value.
   *
   * @param value may be markup
   */
  record Fact(String name, Html value) {
    static Fact of(String name, String value) {
      return new Fact(name, Html.text(value));
    }
  }
}
