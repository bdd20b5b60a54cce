package dev.logdex.analyzer.kafka;

import dev.logdex.analyzer.event.Analysis;
import dev.logdex.normalizer.event.DeadLetter;
import dev.logdex.runtime.EventJson;
import dev.logdex.runtime.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes the outcome of a round as one transaction: analyses, dead letters, and how far windows
 * have been analysed. Killed at any instant, a round is published wholly or not at all.
 */
public final class AnalysisWriter implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AnalysisWriter.class);

  private static final Duration CLOSE = Duration.ofSeconds(5);

  private final KafkaProducer<String, byte @Nullable []> producer;
  private final String analyses;
  private final String deadLetters;

  private AnalysisWriter(KafkaProducer<String, byte @Nullable []> producer, String topicPrefix) {
    this.producer = producer;
    this.analyses = Topic.TABLE_ANALYSES.named(topicPrefix);
    this.deadLetters = Topic.DEAD_LETTERS.named(topicPrefix);
  }

  /** Opens a writer; one that was open under the same prefix can write no more. */
  public static AnalysisWriter open(Map<String, Object> client, String topicPrefix) {
    Map<String, Object> settings = new HashMap<>(client);
    settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, WindowReader.group(topicPrefix));
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topic.TABLE_ANALYSES.maxMessageBytes());
    KafkaProducer<String, byte @Nullable []> producer =
        new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
    try {
      producer.initTransactions();
      return new AnalysisWriter(producer, topicPrefix);
    } catch (RuntimeException e) {
      producer.close(CLOSE);
      throw e;
    }
  }

  /**
   * What a round publishes.
   *
   * @param analyses by key; null takes the table's analysis away
   * @param progress where the reader goes on, when everything before that has been analysed
   */
  public record Round(
      Map<String, @Nullable Analysis> analyses,
      List<DeadLetter> deadLetters,
      Map<TopicPartition, OffsetAndMetadata> progress) {
    public boolean isEmpty() {
      return analyses.isEmpty() && deadLetters.isEmpty() && progress.isEmpty();
    }
  }

  /**
   * Publishes a round.
   *
   * @throws KafkaException when it was not published; the writer must be closed then
   */
  public void publish(Round round, WindowReader reader) {
    if (round.isEmpty()) {
      return;
    }
    producer.beginTransaction();
    List<ProducerRecord<String, byte @Nullable []>> records = new ArrayList<>();
    new TreeMap<>(round.analyses()).forEach((key, analysis) -> records.add(record(key, analysis)));
    round.deadLetters().forEach(letter -> records.add(record(letter)));
    // a record that could not be sent makes the commit fail, so nobody has to ask each of them
    List<Future<RecordMetadata>> sent = records.stream().map(producer::send).toList();
    LOG.debug("sending {} records", sent.size());
    producer.sendOffsetsToTransaction(round.progress(), reader.groupMetadata());
    producer.commitTransaction();
  }

  private ProducerRecord<String, byte @Nullable []> record(
      String key, @Nullable Analysis analysis) {
    return new ProducerRecord<>(analyses, key, analysis == null ? null : EventJson.write(analysis));
  }

  private ProducerRecord<String, byte @Nullable []> record(DeadLetter letter) {
    return new ProducerRecord<>(deadLetters, letter.source(), EventJson.write(letter));
  }

  @Override
  public void close() {
    producer.close(CLOSE);
  }
}
