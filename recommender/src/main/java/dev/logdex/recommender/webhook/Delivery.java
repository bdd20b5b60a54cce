package dev.logdex.recommender.webhook;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.FailsafeExecutor;
import dev.failsafe.RetryPolicy;
import dev.logdex.recommender.event.RecommendationEvent;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Hands over one event after the other, each until the receiver has it or cannot be brought to take
 * it.
 */
public final class Delivery {
  private static final double JITTER = 0.25;

  /** Negative: the library takes its own. */
  private static final Duration GROWING_PAUSE = Duration.ofNanos(-1);

  private final EventFilter filter;
  private final boolean endsToo;
  private final RetrySettings settings;
  private final FailsafeExecutor<Object> retries;
  private final Receiver receiver;

  /**
   * @param timeout for one request
   * @param mostBytes of an answer that are read
   * @param failedAttempts is told why an attempt failed that is made again; no secret is in it
   */
  public Delivery(
      WebhookTarget target,
      EventFilter filter,
      RetrySettings settings,
      Duration timeout,
      int mostBytes,
      Consumer<String> failedAttempts) {
    this.filter = filter;
    this.settings = settings;
    endsToo = target.format().keepsTickets();
    receiver = receiver(target, new Caller(target.authorization(), timeout, mostBytes));
    retries = Failsafe.with(policy(settings, failedAttempts));
  }

  /** What became of an event; the reason is empty unless it was given up. */
  public record Outcome(Kind kind, String reason) {
    /** The words are tags of metrics. */
    public enum Kind {
      DELIVERED,
      FILTERED,
      GIVEN_UP
    }
  }

  /**
   * Hands the event over.
   *
   * @throws InterruptedException when this thread is told to end; whether the event has arrived is
   *     not known then
   */
  public Outcome deliver(RecommendationEvent event) throws InterruptedException {
    if (!filter.takes(event.data(), endsToo)) {
      return new Outcome(Outcome.Kind.FILTERED, "");
    }
    try {
      retries.run(() -> receiver.tell(event));
      return new Outcome(Outcome.Kind.DELIVERED, "");
    } catch (RefusedException refused) {
      return givenUp(String.valueOf(refused.getMessage()));
    } catch (NotNowException tooLong) {
      return givenUp("tried for " + settings.longest() + ": " + tooLong.getMessage());
    } catch (FailsafeException e) {
      if (e.getCause() instanceof InterruptedException) {
        Thread.interrupted(); // the exception says it, as it does everywhere
        throw new InterruptedException("told to end while handing over an event");
      }
      throw e;
    }
  }

  private static Outcome givenUp(String reason) {
    return new Outcome(Outcome.Kind.GIVEN_UP, reason);
  }

  private static RetryPolicy<Object> policy(RetrySettings settings, Consumer<String> failed) {
    return RetryPolicy.builder()
        .handle(NotNowException.class)
        .withBackoff(settings.firstPause(), settings.longestPause())
        .withJitter(JITTER)
        .withMaxRetries(-1)
        .withMaxDuration(settings.longest())
        .withDelayFnOn(context -> asked(context.getLastException()), NotNowException.class)
        .onFailedAttempt(attempt -> failed.accept(said(attempt.getLastException())))
        .build();
  }

  private static String said(@Nullable Throwable failure) {
    return failure == null ? "" : String.valueOf(failure.getMessage());
  }

  /** As long as the receiver asks for, and longer by as much as chance may make it shorter. */
  private static Duration asked(@Nullable Throwable failure) {
    Duration after = failure instanceof NotNowException notNow ? notNow.after() : null;
    return after == null
        ? GROWING_PAUSE
        : after.multipliedBy(100).dividedBy(Math.round(100 * (1 - JITTER)));
  }

  private static Receiver receiver(WebhookTarget target, Caller caller) {
    return switch (target.format()) {
      case CLOUDEVENTS -> new EventReceiver(caller, target);
      case SLACK -> new SlackReceiver(caller, target);
      case GITHUB -> new TicketReceiver(new GitHubIssues(caller, target));
      case JIRA -> new TicketReceiver(new JiraIssues(caller, target));
    };
  }
}
