package dev.logdex.recommender;

import static java.util.Objects.requireNonNull;

import dev.logdex.recommender.kafka.WebhookFlow;
import dev.logdex.runtime.Stage;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A webhook: hands recommendation events to one receiver over HTTP. It is started once. */
public final class Webhook implements Stage {
  private static final Duration GRACE = Duration.ofSeconds(4);

  private final WebhookFlow flow;
  private final Thread worker;
  private volatile @Nullable Throwable failure;

  public Webhook(WebhookConfig config) {
    flow = new WebhookFlow(requireNonNull(config, "config"));
    worker = new Thread(this::work, "webhook-" + config.name());
  }

  /** The consumer group whose committed offsets tell how far the webhook of that name is. */
  public static String group(String topicPrefix, String name) {
    return WebhookFlow.group(topicPrefix, name);
  }

  @Override
  public void start() {
    worker.start();
  }

  @Override
  public Optional<Throwable> failure() {
    return Optional.ofNullable(failure);
  }

  /** Waits until the stage has ended, by {@link #close} or by failure. */
  void awaitEnd() throws InterruptedException {
    worker.join();
  }

  @Override
  public void close() {
    flow.close();
    try {
      worker.join(GRACE.toMillis());
      // it still waits for a broker that is out of reach
      worker.interrupt();
      worker.join();
    } catch (InterruptedException e) {
      worker.interrupt();
      Thread.currentThread().interrupt();
    }
  }

  private void work() {
    try {
      flow.run();
    } catch (Throwable e) { // kept for whoever supervises the stage
      failure = e;
    }
  }
}
