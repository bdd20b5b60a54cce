package dev.logdex.ingest.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logdex.ingest.event.LogHeader;
import dev.logdex.ingest.logfile.FileIdentity;
import dev.logdex.ingest.logfile.LogBlock;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/** Sends the blocks of one source in their order, and the mark that they have ended. */
final class SourceSender {
  private static final byte[] NOTHING = new byte[0];

  private final Producer<byte[], byte[]> producer;
  private final String topic;
  private final String source;
  private final boolean file;
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
  private byte @Nullable [] identity;
  private boolean ended;
  private long records;
  private long lines;
  private long bytes;

  private SourceSender(
      Producer<byte[], byte[]> producer, String topic, String source, boolean file) {
    this.producer = producer;
    this.topic = topic;
    this.source = source;
    this.file = file;
  }

  /** Of a file, whose lines have places by which a second sending is recognised. */
  static SourceSender ofFile(Producer<byte[], byte[]> producer, String topic, String source) {
    return new SourceSender(producer, topic, source, true);
  }

  /** Of a stream, whose lines come once. */
  static SourceSender ofStream(Producer<byte[], byte[]> producer, String topic, String source) {
    return new SourceSender(producer, topic, source, false);
  }

  void send(LogBlock block) {
    ProducerRecord<byte[], byte[]> record = record(block.bytes());
    if (file) {
      record.headers().add(LogHeader.FILE.key(), identity(block));
      record
          .headers()
          .add(LogHeader.POSITION.key(), Long.toString(block.position()).getBytes(UTF_8));
    }
    send(record);
    ended = false;
    records++;
    lines += block.lines();
    bytes += block.bytes().length;
    IngestMetrics.sent(block);
  }

  /** Marks the end of the source for now, once until more is sent. */
  void endForNow() {
    if (!ended && records > 0) {
      send(endRecord());
      ended = true;
    }
  }

  /** Marks the end and waits until the broker has everything. */
  ShippedLog finish(long cutLines, long cutBytes) {
    throwFailure();
    Future<RecordMetadata> end = producer.send(endRecord());
    producer.flush();
    throwFailure();
    RecordMetadata at = await(end);
    return new ShippedLog(
        source,
        records,
        lines,
        bytes,
        cutLines,
        cutBytes,
        new TopicPartition(at.topic(), at.partition()),
        at.offset());
  }

  @SuppressWarnings("FutureReturnValueIgnored") // its callback notes what goes wrong
  private void send(ProducerRecord<byte[], byte[]> record) {
    throwFailure();
    producer.send(record, (metadata, error) -> noteFailure(error));
  }

  private ProducerRecord<byte[], byte[]> record(byte[] value) {
    return new ProducerRecord<>(topic, source.getBytes(UTF_8), value);
  }

  private ProducerRecord<byte[], byte[]> endRecord() {
    ProducerRecord<byte[], byte[]> end = record(NOTHING);
    end.headers().add(LogHeader.END_OF_INPUT.key(), NOTHING);
    return end;
  }

  private byte[] identity(LogBlock block) {
    byte[] known = identity;
    if (known == null) {
      known = FileIdentity.of(source, block).getBytes(UTF_8);
      identity = known;
    }
    return known;
  }

  private void noteFailure(@Nullable Exception error) {
    if (error != null) {
      failure.compareAndSet(null, error);
    }
  }

  private void throwFailure() {
    Exception error = failure.get();
    if (error != null) {
      throw new KafkaException("the log of " + source + " could not be sent to " + topic, error);
    }
  }

  private static RecordMetadata await(Future<RecordMetadata> sent) {
    try {
      return sent.get();
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    } catch (ExecutionException e) {
      throw new KafkaException("the end of a log could not be sent", e.getCause());
    }
  }
}
