package dev.logdex.ingest.http;

import dev.logdex.ingest.drain.ByteBudget;
import dev.logdex.ingest.drain.Endpoint;
import dev.logdex.ingest.drain.Inflation;
import dev.logdex.ingest.drain.Refusal;
import dev.logdex.ingest.drain.RefusedException;
import dev.logdex.ingest.drain.RequestHead;
import dev.logdex.ingest.drain.SourceRates;
import dev.logdex.ingest.drain.Ticket;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Decides from a request's head whether its body is read. Shared by all connections. */
final class Reception {
  private static final String ROOT = "/";
  private static final String HEALTH = "/health";
  private static final String OTHER = "other";
  private static final String GREETING =
      "Logdex takes log lines of Postgres here, by POST; docs/providers.md says how.";

  private final Map<String, Endpoint> endpoints;
  private final HttpSettings settings;
  private final ByteBudget budget;
  private final SourceRates rates;
  private final Health health;

  Reception(
      List<Endpoint> endpoints,
      HttpSettings settings,
      ByteBudget budget,
      SourceRates rates,
      Health health) {
    this.endpoints =
        endpoints.stream().collect(Collectors.toMap(Endpoint::path, Function.identity()));
    this.settings = settings;
    this.budget = budget;
    this.rates = rates;
    this.health = health;
  }

  /** The path, if it is one of ours: what metrics call the request. */
  String label(RequestHead head) {
    boolean known = endpoints.containsKey(head.path()) || isPage(head);
    return known ? head.path() : OTHER;
  }

  boolean wantsFirehoseAnswer(RequestHead head) {
    Endpoint endpoint = endpoints.get(head.path());
    return endpoint != null && endpoint.wantsFirehoseAnswer();
  }

  /** The answer to a request that brings no lines; empty when it should. */
  Optional<Answer> page(RequestHead head) throws RefusedException {
    if (!isPage(head)) {
      return Optional.empty();
    }
    if (!head.method().equals("GET")) {
      throw new RefusedException(Refusal.WRONG_METHOD, "this page is read by GET");
    }
    if (head.path().equals(ROOT)) {
      return Optional.of(Answer.text(200, GREETING));
    }
    return Optional.of(
        health
            .complaint()
            .map(why -> Answer.refused(Refusal.NOT_NOW, why))
            .orElseGet(() -> Answer.text(200, "ok")));
  }

  /**
   * Lets a request in.
   *
   * @param length of its body as it says; negative when it does not
   */
  Intake.Request admit(RequestHead head, long length) throws RefusedException {
    Endpoint endpoint = endpoints.get(head.path());
    if (endpoint == null) {
      throw new RefusedException(Refusal.UNKNOWN_PATH, "nothing is taken at this path");
    }
    if (!head.method().equals("POST")) {
      throw new RefusedException(Refusal.WRONG_METHOD, "lines are sent by POST");
    }
    settings.credentials().check(head);
    Ticket ticket = endpoint.admit(head);
    Inflation inflation = Inflation.of(head);
    checkLength(length);
    checkRate(endpoint, ticket);
    return new Intake.Request(endpoint, head, ticket, inflation, budget.share());
  }

  void checkLength(long bytes) throws RefusedException {
    if (bytes > settings.limits().bodyBytes()) {
      throw new RefusedException(
          Refusal.TOO_LARGE,
          "a request may have " + settings.limits().bodyBytes() + " bytes; send several");
    }
  }

  /** Makes room for a piece of a body. */
  void hold(ByteBudget.Share share, int bytes) throws RefusedException {
    if (!share.grow(bytes)) {
      health.refused();
      throw new RefusedException(Refusal.NOT_NOW, "too many bytes wait for Kafka");
    }
  }

  private void checkRate(Endpoint endpoint, Ticket ticket) throws RefusedException {
    if (!rates.mayGoOn(ticket.source())) {
      throw new RefusedException(
          endpoint.understandsTooFast() ? Refusal.TOO_FAST : Refusal.NOT_NOW,
          "the source sends more than http.source.bytes.per.second");
    }
  }

  private static boolean isPage(RequestHead head) {
    return head.path().equals(ROOT) || head.path().equals(HEALTH);
  }
}
