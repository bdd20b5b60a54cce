package dev.logdex.analyzer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import dev.logdex.analyzer.event.Analysis;
import dev.logdex.analyzer.event.TableAnalysis;
import dev.logdex.embedded.ItParts;
import dev.logdex.normalizer.event.Fingerprint;
import dev.logdex.normalizer.event.QueryWindow;
import dev.logdex.normalizer.event.Sample;
import dev.logdex.runtime.EventJson;
import dev.logdex.runtime.Settings;
import dev.logdex.runtime.Topic;
import dev.logdex.runtime.TopicAdmin;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Topics of one test: what an analyzer reads and what it wrote. */
final class AnalysisTopics {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final String prefix;

  private AnalysisTopics(String prefix) {
    this.prefix = prefix;
  }

  static AnalysisTopics create() {
    String prefix = "ot" + UUID.randomUUID().toString().substring(0, 8) + ".";
    TopicAdmin.createMissing(client(), prefix);
    return new AnalysisTopics(prefix);
  }

  private static Map<String, Object> client() {
    return new HashMap<>(Map.of("bootstrap.servers", ItParts.kafka()));
  }

  Analyzer analyzer(String databases) {
    return new Analyzer(
        AnalyzerConfig.of(
            Settings.parse(
                AnalyzerConfig.definition(),
                Map.of(
                    Settings.BOOTSTRAP_SERVERS,
                    ItParts.kafka(),
                    Settings.TOPIC_PREFIX,
                    prefix,
                    AnalyzerConfig.DATABASES,
                    databases,
                    AnalyzerConfig.ROUND_SETTLE,
                    "PT0.2S"))));
  }

  /** A window of the database shop. */
  static QueryWindow window(long id, int minute, long calls, String text, String sample) {
    return window("shop", id, minute, calls, text, sample);
  }

  static QueryWindow window(
      String database, long id, int minute, long calls, String text, String sample) {
    return new QueryWindow(
        QueryWindow.VERSION,
        database,
        new Fingerprint(id),
        text,
        START.plus(Duration.ofMinutes(minute)),
        Duration.ofMinutes(1),
        "",
        calls,
        calls,
        calls * 10.0,
        5,
        20,
        List.of(new Sample(sample, List.of(), calls, 20.0)),
        Map.of("app", calls));
  }

  void send(QueryWindow... windows) {
    Map<String, Object> settings = client();
    settings.put("transactional.id", prefix + "test");
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
      producer.initTransactions();
      producer.beginTransaction();
      List<Future<RecordMetadata>> sent =
          Stream.of(windows).map(window -> producer.send(record(window))).toList();
      if (sent.size() != windows.length) {
        throw new IllegalStateException("not all windows were sent");
      }
      producer.commitTransaction();
    }
  }

  private ProducerRecord<String, byte[]> record(QueryWindow window) {
    return new ProducerRecord<>(
        Topic.QUERY_WINDOWS.named(prefix), window.key(), EventJson.write(window));
  }

  List<ConsumerRecord<String, byte[]>> read(Topic topic) {
    Map<String, Object> settings = client();
    settings.put("isolation.level", "read_committed");
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions = partitions(topic);
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        consumer.poll(Duration.ofMillis(100)).forEach(records::add);
      }
      return records;
    }
  }

  private List<TopicPartition> partitions(Topic topic) {
    List<TopicPartition> partitions = new ArrayList<>();
    for (int i = 0; i < topic.partitions(); i++) {
      partitions.add(new TopicPartition(topic.named(prefix), i));
    }
    return partitions;
  }

  void awaitAnalysed(Duration patience) {
    await().atMost(patience).until(this::isAnalysed);
  }

  /** As others ask: has everything been analysed and published? */
  boolean isAnalysed() throws ExecutionException, InterruptedException {
    try (Admin admin = Admin.create(client())) {
      var committed =
          admin.listConsumerGroupOffsets(prefix + "analyzer").partitionsToOffsetAndMetadata().get();
      Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
      partitions(Topic.QUERY_WINDOWS).forEach(each -> latest.put(each, OffsetSpec.latest()));
      var ends = admin.listOffsets(latest).all().get();
      return ends.entrySet().stream()
          .allMatch(
              end ->
                  committed.get(end.getKey()) != null
                      && committed.get(end.getKey()).offset() >= end.getValue().offset());
    }
  }

  private Map<String, byte[]> newestBytes() {
    Map<String, byte[]> newest = new TreeMap<>();
    for (ConsumerRecord<String, byte[]> each : read(Topic.TABLE_ANALYSES)) {
      if (each.value() == null) {
        newest.remove(each.key());
      } else {
        newest.put(each.key(), each.value());
      }
    }
    return newest;
  }

  /**
   * The newest record of every key, with its key before it; without what the server itself forgets
   * in a crash: when a table was analysed, and how many of its updates were HOT.
   */
  List<String> newest() {
    return newestBytes().entrySet().stream()
        .map(each -> each.getKey() + " " + new String(each.getValue(), UTF_8))
        .map(
            each ->
                each.replaceAll("\"(analysedAt|hotUpdateShare)\":(null|\"[^\"]*\"|[0-9.]+),?", ""))
        .toList();
  }

  Set<String> keys() {
    return newestBytes().keySet();
  }

  Analysis analysis(String key) {
    return EventJson.read(newestBytes().get(key), Analysis.class);
  }

  TableAnalysis table(String key) {
    return (TableAnalysis) analysis(key);
  }
}
