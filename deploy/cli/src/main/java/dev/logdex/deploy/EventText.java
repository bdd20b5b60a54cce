package dev.logdex.deploy;

import dev.logdex.deploy.terminal.Printable;
import dev.logdex.deploy.terminal.Terminal;
import dev.logdex.deploy.terminal.Terminal.Colour;
import dev.logdex.recommender.event.Recommendation;
import dev.logdex.recommender.event.RecommendationEvent;
import dev.logdex.recommender.event.RecommendationState;
import dev.logdex.recommender.event.Severity;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** A recommendation event in a few lines for a person. */
final class EventText {
  private static final String GAP = "  ";

  private EventText() {}

  /** Time, state, severity, place and id; the title; what has changed. No line is empty. */
  static List<String> lines(RecommendationEvent event, Terminal terminal) {
    Recommendation advice = event.data();
    List<String> lines = new ArrayList<>();
    lines.add(
        String.join(
            GAP,
            event.time().truncatedTo(ChronoUnit.SECONDS).toString(),
            terminal.coloured(colour(advice.state()), advice.state().word()),
            terminal.coloured(colour(advice.severity()), advice.severity().word()),
            Printable.line(advice.database() + "." + advice.table()),
            Printable.line(advice.id())));
    lines.add(GAP + terminal.bold(Printable.line(advice.title())));
    lines.add(GAP + Printable.line(advice.change()));
    if (advice.supersededBy() != null) {
      lines.add(GAP + "superseded by " + Printable.line(advice.supersededBy()));
    }
    return lines;
  }

  private static Colour colour(RecommendationState state) {
    return switch (state) {
      case PROPOSED, UPDATED -> Colour.YELLOW;
      case ACCEPTED, APPLIED -> Colour.GREEN;
      case DISMISSED, SUPERSEDED, WITHDRAWN -> Colour.GREY;
    };
  }

  private static Colour colour(Severity severity) {
    return severity == Severity.HIGH ? Colour.RED : Colour.NONE;
  }
}
