package dev.logdex.recommender.kafka;

import static java.util.Objects.requireNonNull;

import dev.logdex.recommender.WebhookConfig;
import dev.logdex.recommender.webhook.Delivery;
import dev.logdex.runtime.Topic;
import dev.logdex.runtime.TopicAdmin;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads recommendations as a group of its own and hands them over, one after the other. */
public final class WebhookFlow implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(WebhookFlow.class);
  private static final Duration PAUSE = Duration.ofSeconds(2);

  private final WebhookConfig config;
  private final WebhookMetrics metrics;
  private final Delivery delivery;
  private final CountDownLatch closing = new CountDownLatch(1);

  public WebhookFlow(WebhookConfig config) {
    this.config = requireNonNull(config, "config");
    metrics = new WebhookMetrics(config.name());
    delivery =
        new Delivery(
            config.target(),
            config.filter(),
            config.retry(),
            config.timeout(),
            config.answerMaxBytes(),
            this::attemptFailed);
  }

  /** The consumer group of the webhook of that name. */
  public static String group(String topicPrefix, String name) {
    return topicPrefix + "webhook-" + name;
  }

  /** Asks {@link #run} to return soon; a call that waits for the broker needs an interrupt. */
  public void close() {
    closing.countDown();
  }

  /**
   * Works until closed.
   *
   * @throws KafkaException when the broker refuses for good, not when it is merely out of reach
   */
  @Override
  public void run() {
    while (!isClosing()) {
      try {
        TopicAdmin.createMissing(config.kafkaClient(), config.topicPrefix());
        workWithFreshClients();
      } catch (KafkaException e) {
        if (isClosing()) {
          return;
        }
        if (!passes(e)) {
          throw e;
        }
        LOG.warn("Kafka is not to be had now: {}", e.toString());
        pause();
      }
    }
  }

  private void workWithFreshClients() {
    Map<String, Object> settings = new HashMap<>(config.kafkaClient());
    // one at a time: what is behind an event must not be fetched by somebody who may lose it
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
    Clients clients = new Clients(settings);
    try (Producer<String, byte[]> producer = clients.producer();
        Consumer<String, byte[]> consumer =
            clients.groupConsumer(group(config.topicPrefix(), config.name()));
        WebhookSession session =
            new WebhookSession(consumer, delivery, letters(producer), metrics)) {
      session.work(Topic.RECOMMENDATIONS.named(config.topicPrefix()), this::isClosing);
    }
  }

  private UndeliveredLetters letters(Producer<String, byte[]> producer) {
    return new UndeliveredLetters(
        producer, Topic.DEAD_LETTERS.named(config.topicPrefix()), config.name());
  }

  /** Whether a new attempt with new clients may go better. */
  private static boolean passes(KafkaException e) {
    return e instanceof RetriableException
        || e instanceof CommitFailedException
        || e instanceof RebalanceInProgressException;
  }

  private void attemptFailed(String why) {
    metrics.attemptFailed();
    LOG.warn("webhook {}: {}", config.name(), why);
  }

  private boolean isClosing() {
    return closing.getCount() == 0;
  }

  private void pause() {
    try {
      boolean closed = closing.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
      LOG.debug(closed ? "closed while waiting for Kafka" : "trying Kafka again");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptException(e);
    }
  }
}
