package dev.logdex.recommender.kafka;

import static java.util.Objects.requireNonNull;

import dev.logdex.recommender.event.RecommendationCommand;
import dev.logdex.recommender.page.Decisions;
import dev.logdex.runtime.EventJson;
import dev.logdex.runtime.Topic;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/** Puts decisions on the topic from which the stage takes them. For use by any thread. */
public final class CommandSender implements Decisions, AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

  private final Clients clients;
  private final String topic;
  private @Nullable Producer<String, byte[]> producer;

  public CommandSender(Map<String, Object> clientSettings, String topicPrefix) {
    clients = new Clients(clientSettings);
    topic = Topic.RECOMMENDATION_COMMANDS.named(requireNonNull(topicPrefix, "topicPrefix"));
  }

  /**
   * Waits until Kafka has the decision.
   *
   * @throws KafkaException when Kafka does not take it in time: it may still arrive
   */
  @Override
  public void decide(RecommendationCommand command) {
    try {
      producer()
          .send(new ProducerRecord<>(topic, command.recommendation(), EventJson.write(command)))
          .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    } catch (ExecutionException e) {
      throw new KafkaException("the decision was not taken", e.getCause());
    } catch (TimeoutException e) {
      throw new KafkaException("the decision was not taken in time", e);
    }
  }

  @Override
  public synchronized void close() {
    if (producer != null) {
      producer.close(CLOSE_TIMEOUT);
    }
  }

  /** Opened when first needed: most pages are only read. */
  private synchronized Producer<String, byte[]> producer() {
    Producer<String, byte[]> open = producer;
    if (open == null) {
      open = clients.producer();
      producer = open;
    }
    return open;
  }
}
