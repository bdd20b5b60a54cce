package dev.logdex.recommender.webhook;

import dev.logdex.recommender.event.RecommendationEvent;
import dev.logdex.recommender.webhook.TicketSystem.Status;
import java.util.Optional;

/**
 * Keeps one ticket for each recommendation. It remembers nothing: before it opens a ticket it looks
 * for one with the recommendation's label, and before it comments it looks for that comment. So an
 * answer that was lost, a restart at any instant and a topic that is read again open no second one.
 */
record TicketReceiver(TicketSystem system) implements Receiver {
  private static final String LABEL_PREFIX = "logdex-";

  static String label(RecommendationEvent event) {
    return LABEL_PREFIX + event.subject();
  }

  @Override
  public void tell(RecommendationEvent event) throws InterruptedException {
    Optional<FoundTicket> ticket = system.find(label(event));
    if (ticket.isPresent()) {
      tell(ticket.get(), event);
    } else if (event.data().state().stands()) {
      system.open(label(event), event);
    }
  }

  private void tell(FoundTicket ticket, RecommendationEvent event) throws InterruptedException {
    Told now = Told.of(event);
    if (ticket.told().covers(now)) {
      return;
    }
    if (!system.hasComment(ticket, now)) {
      system.comment(ticket, event);
    }
    system.settle(ticket, event, status(ticket.told(), event));
  }

  /** A ticket that a person closed or opened stays so until the advice ends or comes back. */
  private static Status status(Told before, RecommendationEvent event) {
    if (!event.data().state().stands()) {
      return Status.CLOSED;
    }
    return before.isEnd() ? Status.OPEN : Status.AS_IT_IS;
  }
}
