package dev.logdex.deploy.drain;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logdex.ingest.outlet.LogOutlet;
import dev.logdex.ingest.outlet.OutletRefusedException;
import dev.logdex.ingest.outlet.Parcel;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Puts parcels on a topic, and refuses some: half of those before they are sent, and half although
 * they reached the topic, as when an acknowledgement is lost.
 */
final class UnreliableOutlet implements LogOutlet, AutoCloseable {
  private final Producer<byte[], byte[]> producer;
  private final String topic;
  private final Random random;

  UnreliableOutlet(String bootstrapServers, String topic, long seed) {
    this.producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers, "max.request.size", 8_388_608),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    this.topic = topic;
    this.random = new Random(seed);
  }

  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // the callback tells
  public synchronized CompletableFuture<Void> send(Parcel parcel) {
    int chance = random.nextInt(20);
    CompletableFuture<Void> safe = new CompletableFuture<>();
    if (chance == 0) {
      safe.completeExceptionally(new OutletRefusedException("no room"));
      return safe;
    }
    producer.send(record(parcel), (metadata, error) -> complete(safe, chance == 1, error));
    return safe;
  }

  @Override
  public void close() {
    producer.close();
  }

  private ProducerRecord<byte[], byte[]> record(Parcel parcel) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(topic, parcel.source().getBytes(UTF_8), parcel.lines());
    parcel.headers().forEach((header, value) -> record.headers().add(header.key(), value));
    return record;
  }

  private static void complete(
      CompletableFuture<Void> safe, boolean lost, @Nullable Exception error) {
    if (lost || error != null) {
      safe.completeExceptionally(new OutletRefusedException("not acknowledged"));
    } else {
      safe.complete(null);
    }
  }
}
