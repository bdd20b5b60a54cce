package dev.logdex.deploy;

import dev.logdex.deploy.pipeline.Backlog;
import dev.logdex.deploy.pipeline.TopicReader;
import dev.logdex.recommender.event.RecommendationEvent;
import dev.logdex.runtime.Settings;
import dev.logdex.runtime.Topic;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** The Kafka on which stages run already, for commands that look at their topics. */
final class RunningKafkaOptions {
  private static final String VARIABLE = "LOGDEX_BOOTSTRAP_SERVERS";

  @Option(
      names = "--bootstrap-servers",
      paramLabel = "HOST:PORT,…",
      defaultValue = "${env:" + VARIABLE + ":-localhost:9092}",
      description = "The Kafka; $" + VARIABLE + " or localhost:9092 when not given.")
  private String bootstrapServers = "";

  @Option(
      names = "--topic-prefix",
      paramLabel = "PREFIX",
      defaultValue = Topic.DEFAULT_PREFIX,
      description = "What the names of topics begin with; logdex. when not given.")
  private String topicPrefix = Topic.DEFAULT_PREFIX;

  @Option(
      names = {"-K", "--kafka"},
      paramLabel = "NAME=VALUE",
      description =
          "A setting for Kafka's clients, such as security.protocol=SSL; may be repeated.")
  private Map<String, String> clientSettings = new LinkedHashMap<>();

  RunningKafkaOptions() {}

  /** What clients are opened with. */
  Map<String, Object> client() {
    Map<String, Object> client = new LinkedHashMap<>(clientSettings);
    client.put(Settings.BOOTSTRAP_SERVERS, bootstrapServers);
    return client;
  }

  String name(Topic topic) {
    return topic.named(topicPrefix);
  }

  /**
   * Opens the recommendations from their beginning.
   *
   * @throws CommandFailure when Kafka does not answer or has no such topic
   */
  TopicReader<RecommendationEvent> recommendations() {
    KafkaOptions.reach(client());
    String topic = name(Topic.RECOMMENDATIONS);
    try (Backlog backlog = new Backlog(client())) {
      if (backlog.topics(topic::equals).isEmpty()) {
        throw new CommandFailure(
            "There is no topic "
                + topic
                + " at "
                + bootstrapServers
                + ".\n  No stage has run there yet, or it has another --topic-prefix.");
      }
    }
    return TopicReader.open(client(), topic, RecommendationEvent.class);
  }
}
