package dev.logdex.ingest.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.logdex.ingest.outlet.LogOutlet;
import dev.logdex.ingest.outlet.OutletRefusedException;
import dev.logdex.ingest.outlet.Parcel;
import dev.logdex.runtime.Topic;
import dev.logdex.runtime.TopicAdmin;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Parcels as records of the logs topic. Kafka's producer makes its caller wait while it knows no
 * broker or has no memory left, so a thread of its own hands it the parcels; what waits for that
 * thread and what waits for the broker together is bounded. The topics are created when Kafka is
 * first met.
 */
public final class KafkaOutlet implements LogOutlet, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaOutlet.class);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(3);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** What a parcel takes beside its lines, by a guess that is rather too high. */
  private static final int PARCEL_BYTES = 200;

  private final Producer<byte[], byte[]> producer;
  private final Runnable createTopics;
  private final String topic;
  private final long bytesMax;
  private final AtomicLong inFlight = new AtomicLong();
  private final BlockingQueue<Posted> queue = new LinkedBlockingQueue<>();
  private final Thread worker = new Thread(this::work, "kafka-outlet");
  private volatile boolean closing;

  /** A parcel on its way, and who waits for it. */
  private record Posted(Parcel parcel, CompletableFuture<Void> safe) {
    long size() {
      return parcel.lines().length + PARCEL_BYTES;
    }
  }

  KafkaOutlet(
      Producer<byte[], byte[]> producer, Runnable createTopics, String topic, long bytesMax) {
    this.producer = requireNonNull(producer, "producer");
    this.createTopics = requireNonNull(createTopics, "createTopics");
    this.topic = requireNonNull(topic, "topic");
    this.bytesMax = bytesMax;
    worker.setDaemon(true);
    worker.start();
  }

  /**
   * Opens a producer; Kafka need not be there yet.
   *
   * @param bytesMax of parcels that Kafka has not acknowledged
   */
  public static KafkaOutlet open(ShipperSettings settings, long bytesMax) {
    return new KafkaOutlet(
        new KafkaProducer<>(
            ProducerSettings.patient(settings.kafkaClient(), settings.compression()),
            new ByteArraySerializer(),
            new ByteArraySerializer()),
        () -> TopicAdmin.createMissing(settings.kafkaClient(), settings.topicPrefix()),
        Topic.LOGS.named(settings.topicPrefix()),
        bytesMax);
  }

  @Override
  public CompletableFuture<Void> send(Parcel parcel) {
    Posted posted = new Posted(parcel, new CompletableFuture<>());
    if (closing || !reserve(posted.size())) {
      IngestMetrics.refused();
      return CompletableFuture.failedFuture(
          new OutletRefusedException(
              closing ? "ingest is ending" : bytesMax + " bytes wait for Kafka already"));
    }
    queue.add(posted);
    return posted.safe();
  }

  /** Bytes that Kafka has not acknowledged. */
  public long inFlightBytes() {
    return inFlight.get();
  }

  /** Waits a little for Kafka to acknowledge what is on its way; the rest is refused. */
  @Override
  public void close() {
    long deadline = System.nanoTime() + CLOSE_TIMEOUT.toNanos();
    closing = true;
    try {
      worker.join(CLOSE_TIMEOUT.toMillis());
      worker.interrupt();
      worker.join();
    } catch (InterruptedException e) {
      worker.interrupt();
      Thread.currentThread().interrupt();
    }
    producer.close(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
    refuseRest();
  }

  /** Takes the bytes if they fit; one parcel always does, however large it is. */
  private boolean reserve(long bytes) {
    long before = inFlight.getAndAdd(bytes);
    if (before > 0 && before + bytes > bytesMax) {
      inFlight.addAndGet(-bytes);
      return false;
    }
    return true;
  }

  private void work() {
    try {
      awaitTopics();
      while (!closing || !queue.isEmpty()) {
        Posted next = queue.poll(100, TimeUnit.MILLISECONDS);
        if (next != null) {
          post(next);
        }
      }
    } catch (InterruptedException | InterruptException e) {
      // the outlet is closed while Kafka is away
    }
  }

  private void awaitTopics() throws InterruptedException {
    while (!closing) {
      try {
        createTopics.run();
        return;
      } catch (KafkaException e) {
        LOG.warn("no topics yet: {}", e.getMessage());
        Thread.sleep(PAUSE.toMillis());
      }
    }
  }

  private void post(Posted posted) {
    ProducerRecord<byte[], byte[]> record = record(posted.parcel());
    while (true) {
      try {
        hand(record, posted);
        return;
      } catch (TimeoutException e) { // no broker known, or no memory, for a minute: go on waiting
        LOG.warn("waiting for Kafka: {}", e.getMessage());
      } catch (InterruptException e) {
        settle(posted, e);
        throw e;
      } catch (KafkaException | IllegalStateException e) {
        settle(posted, e);
        return;
      }
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // its callback tells the one who waits
  private void hand(ProducerRecord<byte[], byte[]> record, Posted posted) {
    producer.send(
        record,
        (metadata, error) -> {
          if (error == null) {
            inFlight.addAndGet(-posted.size());
            IngestMetrics.sent(posted.parcel());
            posted.safe().complete(null);
          } else {
            settle(posted, error);
          }
        });
  }

  private void settle(Posted posted, Exception error) {
    inFlight.addAndGet(-posted.size());
    IngestMetrics.failed();
    posted
        .safe()
        .completeExceptionally(
            new OutletRefusedException(
                "Kafka did not take a record of " + posted.parcel().source(), error));
  }

  private ProducerRecord<byte[], byte[]> record(Parcel parcel) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(topic, parcel.source().getBytes(UTF_8), parcel.lines());
    parcel.headers().forEach((header, value) -> record.headers().add(header.key(), value));
    return record;
  }

  private void refuseRest() {
    for (Posted rest = queue.poll(); rest != null; rest = queue.poll()) {
      settle(rest, new InterruptException("ingest ended"));
    }
  }
}
