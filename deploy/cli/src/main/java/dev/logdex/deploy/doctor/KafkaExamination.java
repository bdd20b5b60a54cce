package dev.logdex.deploy.doctor;

import static java.util.Objects.requireNonNull;

import dev.logdex.analyzer.doctor.Finding;
import dev.logdex.runtime.Topic;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.FinalizedVersionRange;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Looks at a Kafka with the eyes of the stages: whether it answers, and whether topics are right.
 */
public final class KafkaExamination {
  private static final int TIMEOUT_MS = 10_000;
  private static final String CLEANUP = "cleanup.policy";
  private static final String LARGEST = "max.message.bytes";

  private final Admin admin;
  private final String prefix;
  private final List<Finding> findings = new ArrayList<>();

  private KafkaExamination(Admin admin, String prefix) {
    this.admin = admin;
    this.prefix = prefix;
  }

  /**
   * Examines a Kafka; creates nothing.
   *
   * @param clientSettings of Kafka's clients
   * @param prefix of the topics
   */
  public static List<Finding> examine(Map<String, Object> clientSettings, String prefix) {
    Map<String, Object> settings = new HashMap<>(clientSettings);
    settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MS);
    settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MS);
    try (Admin admin = Admin.create(settings)) {
      KafkaExamination examination = new KafkaExamination(admin, prefix);
      examination.run();
      return List.copyOf(examination.findings);
    } catch (KafkaException e) {
      return List.of(
          Finding.fail(
              "connection",
              "no client can be made: " + e.getMessage(),
              "Correct the settings that begin with kafka."));
    }
  }

  private void run() {
    try {
      int brokers = await(admin.describeCluster().nodes()).size();
      findings.add(Finding.ok("connection", brokers + (brokers == 1 ? " broker" : " brokers")));
    } catch (KafkaException e) {
      findings.add(unreachable(e));
      return;
    }
    findings.add(version());
    for (Topic topic : Topic.values()) {
      topic(topic);
    }
  }

  private static Finding unreachable(KafkaException error) {
    String found = "no answer: " + error.getMessage();
    return error instanceof AuthenticationException || error instanceof AuthorizationException
        ? Finding.fail("connection", found, "Set kafka.security.protocol and kafka.sasl.… rightly.")
        : Finding.fail(
            "connection",
            found,
            "Start Kafka, or correct bootstrap.servers; the stages wait for it.");
  }

  private Finding version() {
    try {
      Map<String, FinalizedVersionRange> features =
          await(admin.describeFeatures().featureMetadata()).finalizedFeatures();
      Map<String, Short> levels = new TreeMap<>();
      features.forEach((name, range) -> levels.put(name, range.maxVersionLevel()));
      return levels.containsKey("metadata.version")
          ? Finding.ok("version", "features " + levels)
          : Finding.warn(
              "version",
              "no metadata.version: a Kafka before 3.3, or one with ZooKeeper",
              "Logdex is tested with Kafka 4; transactions need 2.5 at least.");
    } catch (KafkaException e) {
      return Finding.skipped("version", "not told: " + e.getMessage());
    }
  }

  private void topic(Topic topic) {
    String name = topic.named(prefix);
    try {
      TopicDescription description =
          await(requireNonNull(admin.describeTopics(List.of(name)).topicNameValues().get(name)));
      findings.add(partitions(topic, name, description.partitions().size()));
      ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, name);
      findings.add(
          settings(
              topic,
              name,
              await(
                  requireNonNull(
                      admin.describeConfigs(List.of(resource)).values().get(resource)))));
    } catch (UnknownTopicOrPartitionException e) {
      findings.add(
          Finding.warn(
              name,
              "is not there",
              "Any stage makes the topics that are missing as it starts, if it may."));
    } catch (AuthorizationException e) {
      findings.add(
          Finding.fail(
              name,
              "may not be looked at: " + e.getMessage(),
              "Allow Describe, DescribeConfigs, Read and Write on topics that begin with "
                  + prefix
                  + " (kafka-acls --resource-pattern-type prefixed)."));
    } catch (KafkaException e) {
      findings.add(Finding.skipped(name, "not told: " + e.getMessage()));
    }
  }

  private static Finding partitions(Topic topic, String name, int partitions) {
    String found = partitions + (partitions == 1 ? " partition" : " partitions");
    if (partitions == topic.partitions()) {
      return Finding.ok(name, found);
    }
    return partitions < topic.partitions()
        ? Finding.warn(
            name,
            found + ", Logdex would make " + topic.partitions(),
            "kafka-topics --alter --topic "
                + name
                + " --partitions "
                + topic.partitions()
                + " while no stage runs, if its readers are to share more work.")
        : Finding.ok(name, found + ", more than Logdex would make");
  }

  private static Finding settings(Topic topic, String name, Config config) {
    List<String> wrong = new ArrayList<>();
    List<String> mends = new ArrayList<>();
    boolean fails = false;
    for (Map.Entry<String, String> wanted : new TreeMap<>(topic.settings()).entrySet()) {
      ConfigEntry entry = config.get(wanted.getKey());
      String value = entry == null ? "" : String.valueOf(entry.value());
      if (!agrees(wanted.getKey(), wanted.getValue(), value)) {
        wrong.add(wanted.getKey() + " is " + value);
        mends.add(wanted.getKey() + "=" + bracketed(wanted.getValue()));
        fails |= wanted.getKey().equals(CLEANUP) || wanted.getKey().equals(LARGEST);
      }
    }
    if (wrong.isEmpty()) {
      return Finding.ok(name, CLEANUP + " and the other settings are right");
    }
    String mend =
        "kafka-configs --alter --entity-type topics --entity-name "
            + name
            + " --add-config "
            + String.join(",", mends);
    String found = String.join(", ", wrong);
    return fails ? Finding.fail(name, found, mend) : Finding.warn(name, found, mend);
  }

  private static String bracketed(String value) {
    return value.contains(",") ? "[" + value + "]" : value;
  }

  private static boolean agrees(String setting, String wanted, String value) {
    if (setting.equals(LARGEST)) {
      return !value.isEmpty() && Long.parseLong(value) >= Long.parseLong(wanted);
    }
    return sorted(wanted).equals(sorted(value));
  }

  private static List<String> sorted(String list) {
    return Arrays.stream(list.split(",", -1)).map(String::strip).sorted().toList();
  }

  private static <T> T await(KafkaFuture<T> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof KafkaException refused) {
        throw refused;
      }
      throw new KafkaException(e.getCause());
    }
  }
}
