package dev.logdex.recommender.webhook;

import dev.logdex.recommender.event.Recommendation;

/** What a ticket is told of a change; the evidence stands in the ticket's own text. */
final class TicketWords {
  private TicketWords() {}

  static String comment(Recommendation advice) {
    String text = advice.state().word() + ": " + advice.change();
    String other = advice.supersededBy();
    return other == null ? text : text + "\n\nSee the ticket with the label logdex-" + other + ".";
  }
}
