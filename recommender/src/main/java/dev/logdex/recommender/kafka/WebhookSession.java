package dev.logdex.recommender.kafka;

import dev.logdex.recommender.event.RecommendationEvent;
import dev.logdex.recommender.webhook.Delivery;
import dev.logdex.recommender.webhook.Delivery.Outcome;
import dev.logdex.runtime.EventJson;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life of one pair of clients. An event is handed over on a thread of its own, while the
 * consumer goes on to say that it is alive; its offset is committed only when the receiver has it,
 * or the dead letters have. When its partition is taken away meanwhile, the attempt is ended before
 * anybody else begins one.
 */
final class WebhookSession implements ConsumerRebalanceListener, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WebhookSession.class);
  private static final Duration POLL = Duration.ofMillis(100);

  private final Consumer<String, byte[]> consumer;
  private final Delivery delivery;
  private final UndeliveredLetters letters;
  private final WebhookMetrics metrics;
  private final ExecutorService worker =
      Executors.newSingleThreadExecutor(task -> new Thread(task, "webhook-delivery"));
  private @Nullable Future<?> current;

  WebhookSession(
      Consumer<String, byte[]> consumer,
      Delivery delivery,
      UndeliveredLetters letters,
      WebhookMetrics metrics) {
    this.consumer = consumer;
    this.delivery = delivery;
    this.letters = letters;
    this.metrics = metrics;
  }

  void work(String topic, BooleanSupplier closing) {
    consumer.subscribe(List.of(topic), this);
    while (!closing.getAsBoolean()) {
      for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
        handle(record, closing);
      }
    }
  }

  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
    stopCurrent();
  }

  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
    if (current != null) {
      consumer.pause(partitions);
    }
  }

  @Override
  public void close() {
    worker.shutdownNow();
    awaitWorker();
  }

  private void handle(ConsumerRecord<String, byte[]> record, BooleanSupplier closing) {
    Future<?> delivered =
        worker.submit(
            () -> {
              deliver(record);
              return record.offset();
            });
    current = delivered;
    consumer.pause(consumer.assignment());
    while (!delivered.isDone() && !closing.getAsBoolean()) {
      consumer.poll(Duration.ZERO);
      awaitAMoment(delivered);
    }
    if (!delivered.isDone()) {
      stopCurrent();
    }
    current = null;
    consumer.resume(consumer.paused());
    if (isDone(delivered)) {
      commit(record);
    }
  }

  private void commit(ConsumerRecord<String, byte[]> record) {
    TopicPartition partition = new TopicPartition(record.topic(), record.partition());
    if (consumer.assignment().contains(partition)) {
      consumer.commitSync(Map.of(partition, new OffsetAndMetadata(record.offset() + 1)));
    }
  }

  private void stopCurrent() {
    Future<?> delivered = current;
    if (delivered != null) {
      delivered.cancel(true);
      await(worker.submit(() -> LOG.debug("the last attempt has ended")));
    }
  }

  private void deliver(ConsumerRecord<String, byte[]> record) throws InterruptedException {
    if (record.value() == null) {
      return;
    }
    try {
      deliver(EventJson.read(record.value(), RecommendationEvent.class));
    } catch (UncheckedIOException notAnEvent) {
      giveUp(record, "the record is no recommendation event");
    } catch (KafkaException broker) {
      throw broker;
    } catch (RuntimeException defect) { // whatever it is, it is this record's alone
      giveUp(record, "cannot work on the record: " + defect.getClass().getName());
    }
  }

  private void deliver(RecommendationEvent event) throws InterruptedException {
    Outcome outcome = delivery.deliver(event);
    if (outcome.kind() == Outcome.Kind.GIVEN_UP) {
      LOG.error("event {} is not delivered: {}", event.id(), outcome.reason());
      letters.add(event, outcome.reason());
    }
    metrics.done(outcome.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'));
  }

  private void giveUp(ConsumerRecord<String, byte[]> record, String why)
      throws InterruptedException {
    LOG.error("record {} of {}: {}", record.offset(), record.topic(), why);
    letters.add(record, why);
    metrics.done("given-up");
  }

  /** Whether the event was dealt with; an attempt that was ended was not. */
  private static boolean isDone(Future<?> delivered) {
    return !delivered.isCancelled() && await(delivered);
  }

  private static boolean await(Future<?> future) {
    try {
      future.get();
      return true;
    } catch (CancellationException stopped) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptException(e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof KafkaException broker
          ? broker
          : new KafkaException("cannot hand over an event", e.getCause());
    }
  }

  private static void awaitAMoment(Future<?> delivered) {
    try {
      delivered.get(POLL.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException notYet) {
      LOG.trace("still at it");
    } catch (CancellationException | ExecutionException told) {
      LOG.trace("it has ended"); // and is asked how in a moment
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptException(e);
    }
  }

  private void awaitWorker() {
    try {
      if (!worker.awaitTermination(POLL.toMillis() * 20, TimeUnit.MILLISECONDS)) {
        LOG.warn("an attempt does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
