package dev.logdex.deploy;

import dev.logdex.runtime.Settings;
import dev.logdex.runtime.Topic;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which Kafka a command works on. */
final class KafkaOptions {
  private static final int REACH_TIMEOUT_MS = 10_000;

  @Option(
      names = "--bootstrap-servers",
      paramLabel = "HOST:PORT,…",
      description = "Use this Kafka; without it a broker is started inside, for this run only.")
  private @Nullable String bootstrapServers;

  @Option(
      names = "--topic-prefix",
      paramLabel = "PREFIX",
      defaultValue = Topic.DEFAULT_PREFIX,
      description =
          "What the names of topics and consumer groups begin with; logdex. when not given.")
  private String topicPrefix = Topic.DEFAULT_PREFIX;

  @Option(
      names = {"-K", "--kafka"},
      paramLabel = "NAME=VALUE",
      description =
          "A setting for Kafka's clients, such as security.protocol=SSL; may be repeated.")
  private Map<String, String> clientSettings = new LinkedHashMap<>();

  KafkaOptions() {}

  /** Null when a broker is to be started inside. */
  @Nullable String bootstrapServers() {
    return bootstrapServers;
  }

  String topicPrefix() {
    return topicPrefix;
  }

  /** The settings that every stage is to have, on this broker. */
  Map<String, String> stageSettings(String servers) {
    Map<String, String> settings = new LinkedHashMap<>();
    clientSettings.forEach((name, value) -> settings.put(Settings.KAFKA_PREFIX + name, value));
    settings.put(Settings.BOOTSTRAP_SERVERS, servers);
    settings.put(Settings.TOPIC_PREFIX, topicPrefix);
    return settings;
  }

  /**
   * Makes sure that the brokers answer; Kafka's own clients would wait for them for minutes.
   *
   * @throws CommandFailure that names them
   */
  static void reach(Map<String, Object> clientSettings) {
    Map<String, Object> settings = new LinkedHashMap<>(clientSettings);
    settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, REACH_TIMEOUT_MS);
    settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, REACH_TIMEOUT_MS);
    Object servers = settings.get(Settings.BOOTSTRAP_SERVERS);
    try (Admin admin = Admin.create(settings)) {
      admin.describeCluster().nodes().get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure("stopped", e);
    } catch (ExecutionException e) {
      throw new CommandFailure(
          "Kafka does not answer at " + servers + ": " + Failures.describe(e), e);
    } catch (KafkaException e) {
      throw new CommandFailure("Cannot use Kafka at " + servers + ": " + Failures.describe(e), e);
    }
  }
}
