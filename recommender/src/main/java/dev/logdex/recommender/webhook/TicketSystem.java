package dev.logdex.recommender.webhook;

import dev.logdex.recommender.event.RecommendationEvent;
import java.util.Optional;

/** A system in which a recommendation has one ticket, known by its label. */
interface TicketSystem {
  /** The ticket with that label, also when it is closed; the oldest when somebody copied it. */
  Optional<FoundTicket> find(String label) throws InterruptedException;

  /** Opens a ticket that {@link #find} finds from then on. */
  void open(String label, RecommendationEvent event) throws InterruptedException;

  /** Whether the ticket has the event's comment. */
  boolean hasComment(FoundTicket ticket, Told event) throws InterruptedException;

  /** Says on the ticket what the event changed. */
  void comment(FoundTicket ticket, RecommendationEvent event) throws InterruptedException;

  /**
   * Brings texts and status up to the event, and remembers it there; doing it twice is doing it
   * once.
   */
  void settle(FoundTicket ticket, RecommendationEvent event, Status status)
      throws InterruptedException;

  /** What becomes of the status that a ticket has. */
  enum Status {
    OPEN,
    CLOSED,
    /** Whatever a person made of it. */
    AS_IT_IS
  }
}
