package dev.logdex.ingest.kafka;

import dev.logdex.ingest.logfile.LogBlock;
import dev.logdex.ingest.logfile.LogBlockReader;
import dev.logdex.runtime.Topic;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Puts log files on the logs topic, keyed by their source. Every method returns only when the
 * broker has acknowledged all of it, and throws Kafka's exception when the broker does not. Not
 * thread-safe.
 */
public final class LogShipper implements AutoCloseable {
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

  private final ShipperSettings settings;
  private final Producer<byte[], byte[]> producer;

  LogShipper(ShipperSettings settings, Producer<byte[], byte[]> producer) {
    this.settings = settings;
    this.producer = producer;
  }

  /** Opens a producer; the topic must exist. */
  public static LogShipper open(ShipperSettings settings) {
    return new LogShipper(
        settings,
        new KafkaProducer<>(
            ProducerSettings.of(settings.kafkaClient(), settings.compression()),
            new ByteArraySerializer(),
            new ByteArraySerializer()));
  }

  /** The source of a file for which none was given: its absolute path. */
  public static String sourceOf(Path file) {
    return file.toAbsolutePath().normalize().toString();
  }

  /**
   * Ships a file as it is now, from its beginning to its end. Shipping it again gives the same
   * records, which the normalizer then knows to have read.
   */
  public ShippedLog ship(Path file, String source, Progress progress) throws IOException {
    long size = Files.size(file);
    try (LogBlockReader reader = LogBlockReader.open(file, settings.limits())) {
      SourceSender sender = SourceSender.ofFile(producer, topic(), source);
      for (LogBlock block = reader.next(); block != null; block = reader.next()) {
        sender.send(block);
        progress.read(reader.rawBytesRead(), size);
      }
      return finish(sender, reader);
    }
  }

  /** Ships what a stream gives until it ends, lines as soon as they are whole. */
  public ShippedLog ship(InputStream in, String source) throws IOException {
    try (LogBlockReader reader = LogBlockReader.of(in, settings.limits())) {
      SourceSender sender = SourceSender.ofStream(producer, topic(), source);
      sendLines(sender, reader);
      return finishWithRest(sender, reader);
    }
  }

  /**
   * Ships a file and then its new lines as they are written, until told to stop; then the rest,
   * which includes everything written before the telling. When the file has not grown for a while
   * the source is marked as being at its end for now, so that its last entry need not wait.
   */
  public ShippedLog follow(Path file, String source, BooleanSupplier until) throws IOException {
    try (LogBlockReader reader = LogBlockReader.open(file, settings.limits())) {
      SourceSender sender = SourceSender.ofFile(producer, topic(), source);
      Duration quiet = Duration.ZERO;
      boolean told = false;
      while (!told) {
        // asked before reading: what was written before the answer is then read for certain
        told = until.getAsBoolean();
        boolean grew = sendLines(sender, reader);
        quiet = grew ? Duration.ZERO : quiet.plus(settings.followInterval());
        if (quiet.compareTo(settings.followQuietTime()) >= 0) {
          sender.endForNow();
        }
        if (!told) {
          pause();
        }
      }
      return finishWithRest(sender, reader);
    }
  }

  @Override
  public void close() {
    producer.close(CLOSE_TIMEOUT);
  }

  private static boolean sendLines(SourceSender sender, LogBlockReader reader) throws IOException {
    boolean any = false;
    for (LogBlock block = reader.nextLines(); block != null; block = reader.nextLines()) {
      sender.send(block);
      any = true;
    }
    return any;
  }

  private ShippedLog finishWithRest(SourceSender sender, LogBlockReader reader) throws IOException {
    @Nullable LogBlock rest = reader.next();
    while (rest != null) {
      sender.send(rest);
      rest = reader.next();
    }
    return finish(sender, reader);
  }

  private ShippedLog finish(SourceSender sender, LogBlockReader reader) {
    IngestMetrics.cut(reader.cutLines(), reader.cutBytes());
    return sender.finish(reader.cutLines(), reader.cutBytes());
  }

  private void pause() throws InterruptedIOException {
    try {
      Thread.sleep(settings.followInterval().toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while following a file");
    }
  }

  private String topic() {
    return Topic.LOGS.named(settings.topicPrefix());
  }
}
