package dev.logdex.analyzer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.logdex.analyzer.event.Analysis;
import dev.logdex.analyzer.event.AnalysisSchema;
import dev.logdex.analyzer.event.TableAnalysis;
import dev.logdex.analyzer.event.UnplannedStatements;
import dev.logdex.analyzer.postgres.ShopDatabase;
import dev.logdex.embedded.ItParts;
import dev.logdex.normalizer.event.DeadLetter;
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
import java.util.Objects;
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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The whole stage on a real broker and a real Postgres. */
@Timeout(300)
class AnalyzerIT {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static ShopDatabase shop;
  private String prefix;

  @BeforeAll
  static void create() {
    shop = ShopDatabase.create("stage");
  }

  @AfterAll
  static void drop() {
    if (shop != null) {
      shop.close();
    }
  }

  @BeforeEach
  void createTopics() {
    prefix = "it" + UUID.randomUUID().toString().substring(0, 8) + ".";
    TopicAdmin.createMissing(client(), prefix);
  }

  private static Map<String, Object> client() {
    return new HashMap<>(Map.of("bootstrap.servers", ItParts.kafka()));
  }

  private Analyzer analyzer(String... more) {
    Map<String, String> given = new HashMap<>();
    given.put(Settings.BOOTSTRAP_SERVERS, ItParts.kafka());
    given.put(Settings.TOPIC_PREFIX, prefix);
    given.put(AnalyzerConfig.DATABASES, shop.url());
    given.put(AnalyzerConfig.ROUND_SETTLE, "PT0.3S");
    for (int i = 0; i < more.length; i += 2) {
      given.put(more[i], more[i + 1]);
    }
    return new Analyzer(AnalyzerConfig.of(Settings.parse(AnalyzerConfig.definition(), given)));
  }

  private static QueryWindow window(long id, int minute, long calls, String text, String sample) {
    return new QueryWindow(
        QueryWindow.VERSION,
        "shop",
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

  private void send(QueryWindow... windows) {
    Map<String, Object> settings = client();
    settings.put("transactional.id", prefix + "test");
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
      producer.initTransactions();
      producer.beginTransaction();
      List<Future<RecordMetadata>> sent =
          Stream.of(windows).map(window -> producer.send(record(window))).toList();
      assertThat(sent).hasSize(windows.length);
      producer.commitTransaction();
    }
  }

  private ProducerRecord<String, byte[]> record(QueryWindow window) {
    return new ProducerRecord<>(
        Topic.QUERY_WINDOWS.named(prefix), window.key(), EventJson.write(window));
  }

  private List<ConsumerRecord<String, byte[]>> read(Topic topic) {
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

  private void awaitAnalysed() {
    await().atMost(PATIENCE).until(this::isAnalysed);
  }

  /** As others ask: has everything been analysed and published? */
  private boolean isAnalysed() throws ExecutionException, InterruptedException {
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

  private static Analysis analysis(ConsumerRecord<String, byte[]> each) {
    assertThat(AnalysisSchema.errors(new String(each.value(), UTF_8))).isEmpty();
    return EventJson.read(Objects.requireNonNull(each.value()), Analysis.class);
  }

  private Map<String, Analysis> newest() {
    Map<String, Analysis> newest = new HashMap<>();
    for (ConsumerRecord<String, byte[]> each : read(Topic.TABLE_ANALYSES)) {
      if (each.value() == null) {
        newest.remove(each.key());
      } else {
        newest.put(each.key(), analysis(each));
      }
    }
    return newest;
  }

  private static final QueryWindow LOOK_UP =
      window(
          1,
          0,
          10,
          "select * from orders where customer_id = $1",
          "select * from orders where customer_id = 77");
  private static final QueryWindow BROKEN =
      window(2, 1, 3, "select * from nothere where a = $1", "select * from nothere where a = 5");

  @Test
  void windowsBecomeAnalysesAndDeadLetters() {
    try (Analyzer analyzer = analyzer()) {
      analyzer.start();
      send(LOOK_UP, BROKEN);
      awaitAnalysed();
    }
    TableAnalysis orders = (TableAnalysis) newest().get("shop/public.orders");
    assertThat(orders.table().database()).isEqualTo("shop");
    assertThat(orders.analysedTo()).isEqualTo(START.plus(Duration.ofMinutes(2)));
    assertThat(orders.statements())
        .singleElement()
        .satisfies(
            statement -> {
              assertThat(statement.calls()).isEqualTo(10);
              assertThat(statement.callsPerMinute()).isEqualTo(5);
              assertThat(statement.meanTimeMs()).isEqualTo(10);
            });
    assertThat(orders.statementCosts())
        .anySatisfy(cost -> assertThat(cost.index()).isEqualTo("USING btree (customer_id)"));
    UnplannedStatements unplanned = (UnplannedStatements) newest().get("shop/");
    assertThat(unplanned.statements())
        .singleElement()
        .satisfies(each -> assertThat(each.reason().name()).isEqualTo("UNKNOWN_OBJECT"));
    assertThat(read(Topic.DEAD_LETTERS))
        .singleElement()
        .satisfies(
            each ->
                assertThat(EventJson.read(each.value(), DeadLetter.class).place())
                    .isEqualTo(new Fingerprint(2).toString()));
  }

  @Test
  void aRestartPublishesNothingTwice() {
    send(LOOK_UP, BROKEN);
    try (Analyzer analyzer = analyzer()) {
      analyzer.start();
      awaitAnalysed();
    }
    int analyses = read(Topic.TABLE_ANALYSES).size();
    int letters = read(Topic.DEAD_LETTERS).size();
    QueryWindow marker =
        window(
            3,
            1,
            1,
            "select * from products where sku = $1",
            "select * from products where sku = 'x'");
    send(marker);
    try (Analyzer analyzer = analyzer()) {
      analyzer.start();
      awaitAnalysed();
    }
    // the marker's table is new, the others are as they were: same windows, same span
    assertThat(read(Topic.TABLE_ANALYSES)).hasSize(analyses + 1);
    assertThat(read(Topic.DEAD_LETTERS)).hasSize(letters);
  }

  @Test
  void theSameWindowsGiveTheSameBytes() {
    send(LOOK_UP, BROKEN);
    try (Analyzer analyzer = analyzer()) {
      analyzer.start();
      awaitAnalysed();
    }
    List<String> first = values(read(Topic.TABLE_ANALYSES));
    createTopics();
    send(BROKEN, LOOK_UP);
    try (Analyzer analyzer = analyzer()) {
      analyzer.start();
      awaitAnalysed();
    }
    assertThat(values(read(Topic.TABLE_ANALYSES))).isEqualTo(first);
  }

  private static List<String> values(List<ConsumerRecord<String, byte[]>> records) {
    return records.stream().map(each -> each.key() + new String(each.value(), UTF_8)).toList();
  }

  @Test
  void aLaterRecordOfAWindowReplacesAnEarlierOne() {
    try (Analyzer analyzer = analyzer()) {
      analyzer.start();
      send(LOOK_UP);
      awaitAnalysed();
      send(window(1, 0, 60, LOOK_UP.text(), LOOK_UP.samples().get(0).statement()));
      awaitAnalysed();
    }
    TableAnalysis orders = (TableAnalysis) newest().get("shop/public.orders");
    assertThat(orders.statements().get(0).calls()).isEqualTo(60);
  }

  @Test
  void aTableThatNobodyReadsAnyMoreIsTakenAway() {
    try (Analyzer analyzer = analyzer(AnalyzerConfig.LOOK_BACK, "PT10M")) {
      analyzer.start();
      send(LOOK_UP);
      awaitAnalysed();
      send(
          window(
              4,
              30,
              1,
              "select * from products where sku = $1",
              "select * from products where sku = 'x'"));
      awaitAnalysed();
    }
    assertThat(newest()).containsOnlyKeys("shop/public.products");
  }

  @Test
  void whileTheDatabaseIsAwayNothingIsLostAndNothingIsCommitted() throws Exception {
    String gone = ItParts.postgres().superuserUrl("not_there_yet");
    try (Analyzer analyzer = analyzer(AnalyzerConfig.DATABASES, "shop=" + gone)) {
      analyzer.start();
      send(LOOK_UP, BROKEN);
      await()
          .during(Duration.ofSeconds(3))
          .atMost(PATIENCE)
          .until(() -> read(Topic.TABLE_ANALYSES).isEmpty() && !isAnalysed());
      assertThat(analyzer.failure()).isEmpty();
    }
    assertThat(read(Topic.DEAD_LETTERS)).isEmpty();
    try (Analyzer analyzer = analyzer()) {
      analyzer.start();
      awaitAnalysed();
    }
    assertThat(newest()).containsKey("shop/public.orders");
  }

  @Test
  void aDatabaseThatNoAddressServesIsToldAndStopsNothing() {
    QueryWindow elsewhere =
        new QueryWindow(
            QueryWindow.VERSION,
            "elsewhere",
            new Fingerprint(9),
            "select * from orders",
            START,
            Duration.ofMinutes(1),
            "",
            1,
            0,
            0,
            0,
            0,
            List.of(),
            Map.of());
    try (Analyzer analyzer = analyzer(AnalyzerConfig.DATABASES, "shop=" + shop.url())) {
      analyzer.start();
      send(LOOK_UP, elsewhere);
      awaitAnalysed();
    }
    assertThat(newest()).containsOnlyKeys("shop/public.orders", "elsewhere/");
    assertThat(((UnplannedStatements) newest().get("elsewhere/")).statements())
        .singleElement()
        .satisfies(each -> assertThat(each.reason().name()).isEqualTo("DATABASE_NOT_MAPPED"));
  }

  @Test
  void aSecondAnalyzerEndsTheFirst() {
    try (Analyzer first = analyzer();
        Analyzer second = analyzer()) {
      first.start();
      send(LOOK_UP);
      awaitAnalysed();
      second.start();
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> {
                send(window(1, 0, 60, LOOK_UP.text(), LOOK_UP.samples().get(0).statement()));
                assertThat(first.failure()).isPresent();
              });
      assertThat(second.failure()).isEmpty();
    }
  }

  @Test
  void anEmptyTopicIsAnalysedAtOnce() {
    try (Analyzer analyzer = analyzer()) {
      analyzer.start();
      awaitAnalysed();
    }
    assertThat(read(Topic.TABLE_ANALYSES)).isEmpty();
  }
}
