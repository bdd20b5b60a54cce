package dev.logdex.deploy;

import dev.logdex.analyzer.Analyzer;
import dev.logdex.analyzer.AnalyzerConfig;
import dev.logdex.deploy.pipeline.Backlog;
import dev.logdex.deploy.pipeline.TopicReader;
import dev.logdex.embedded.ScratchFolder;
import dev.logdex.ingest.IngestConfig;
import dev.logdex.ingest.kafka.ShipperSettings;
import dev.logdex.normalizer.Normalizer;
import dev.logdex.normalizer.NormalizerConfig;
import dev.logdex.recommender.Recommender;
import dev.logdex.recommender.RecommenderConfig;
import dev.logdex.runtime.Settings;
import dev.logdex.runtime.Stage;
import dev.logdex.runtime.Topic;
import dev.logdex.runtime.TopicAdmin;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The stages inside this process, on one Kafka. Each can be waited for until it has dealt with all
 * that the one before it wrote.
 */
final class Pipeline {
  private static final Duration LONGEST_FAREWELL = Duration.ofSeconds(60);

  private final OpenParts parts;
  private final Map<String, String> shared;
  private final ShipperSettings shipping;
  private final Backlog backlog;
  private final CatchUp catchUp;

  private Pipeline(
      OpenParts parts,
      Map<String, String> shared,
      ShipperSettings shipping,
      CatchUp.Ticker ticker) {
    this.parts = parts;
    this.shared = Map.copyOf(shared);
    this.shipping = shipping;
    this.backlog = parts.add(new Backlog(shipping.kafkaClient()));
    this.catchUp = new CatchUp(backlog, ticker);
  }

  /**
   * Reaches the brokers and creates the topics that are missing.
   *
   * @param shared settings that every stage is to have
   */
  static Pipeline open(OpenParts parts, Map<String, String> shared, CatchUp.Ticker ticker) {
    ShipperSettings shipping = IngestConfig.parse(shared).shipper();
    KafkaOptions.reach(shipping.kafkaClient());
    TopicAdmin.createMissing(shipping.kafkaClient(), shipping.topicPrefix());
    return new Pipeline(parts, shared, shipping, ticker);
  }

  /**
   * Makes sure that no other process runs stages under the same topic prefix. One that was killed
   * is in the way for some seconds, until the broker has missed it.
   *
   * @throws CommandFailure when one still does after a while
   */
  void requireSoleUse() {
    long deadline = System.nanoTime() + LONGEST_FAREWELL.toNanos();
    for (String group : List.of(normalizerGroup(), recommenderGroup())) {
      while (backlog.isActive(group)) {
        if (System.nanoTime() > deadline) {
          throw new CommandFailure(
              "Another process works as "
                  + group
                  + " on this Kafka.\n  End it, or choose another --topic-prefix.");
        }
        catchUp.waitFor("waiting until a former run is missed");
      }
    }
  }

  /**
   * Forgets how far analyzer and recommender came in a former run. They begin by reading all there
   * is anyway; what they commit then tells that they have dealt with it in this run.
   */
  void forgetProgress() {
    backlog.forget(analyzerGroup());
    backlog.forget(recommenderGroup());
  }

  ShipperSettings shipping() {
    return shipping;
  }

  String topic(Topic topic) {
    return topic.named(shipping.topicPrefix());
  }

  /** A reader of one of the topics, from its beginning; closed with the other parts. */
  <T> TopicReader<T> reader(Topic topic, Class<T> type) {
    return parts.add(TopicReader.open(shipping.kafkaClient(), topic(topic), type));
  }

  /** Starts it with local state that goes with the command: Kafka has what it was made of. */
  Normalizer startNormalizer(Map<String, String> own) {
    Map<String, String> settings = with(own);
    settings.put(
        "state.dir", parts.add(ScratchFolder.create("logdex-state", left -> {})).path().toString());
    return started(new Normalizer(NormalizerConfig.parse(settings)));
  }

  Analyzer startAnalyzer(Map<String, String> own) {
    return started(
        new Analyzer(AnalyzerConfig.of(Settings.parse(AnalyzerConfig.definition(), with(own)))));
  }

  /** A look at one log says what it has found at once; a stage that runs on waits for more. */
  Recommender startRecommender(Map<String, String> own) {
    Map<String, String> settings = with(own);
    settings.putIfAbsent("rounds.to.propose", "1");
    settings.putIfAbsent("rounds.to.withdraw", "1");
    return started(new Recommender(RecommenderConfig.parse(settings), Clock.systemUTC()));
  }

  void await(Normalizer normalizer) {
    String group = normalizerGroup();
    catchUp.await(normalizer, "reading the log", group, List.of(topic(Topic.LOGS)));
    // asked for only now: the stage creates them, and has now put all that it had on them
    List<String> internal =
        backlog.topics(name -> name.startsWith(group + "-") && name.endsWith("-repartition"));
    catchUp.await(normalizer, "adding up statements", group, internal);
  }

  void await(Analyzer analyzer) {
    String group = shipping.topicPrefix() + "analyzer";
    catchUp.await(analyzer, "planning the statements", group, List.of(topic(Topic.QUERY_WINDOWS)));
  }

  void await(Recommender recommender) {
    String group = Recommender.group(shipping.topicPrefix());
    catchUp.await(recommender, "choosing indexes", group, List.of(topic(Topic.TABLE_ANALYSES)));
  }

  private String normalizerGroup() {
    return shipping.topicPrefix() + "normalizer";
  }

  private String analyzerGroup() {
    return shipping.topicPrefix() + "analyzer";
  }

  private String recommenderGroup() {
    return Recommender.group(shipping.topicPrefix());
  }

  private Map<String, String> with(Map<String, String> own) {
    Map<String, String> settings = new HashMap<>(shared);
    settings.putAll(own);
    // an endpoint is for a stage that stays
    settings.put(Settings.METRICS_PORT, "-1");
    return settings;
  }

  private <T extends Stage> T started(T stage) {
    parts.add(stage);
    stage.start();
    return stage;
  }
}
