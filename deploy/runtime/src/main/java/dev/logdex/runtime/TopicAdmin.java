package dev.logdex.runtime;

import static java.util.stream.Collectors.toMap;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TopicExistsException;

/** Creates the topics that are missing; never changes one that is there. */
public final class TopicAdmin {
  private TopicAdmin() {}

  /**
   * Makes sure that every {@link Topic} exists under the prefix.
   *
   * @throws KafkaException when the broker refuses a topic for any reason but that it exists
   */
  public static void createMissing(Map<String, Object> clientSettings, String prefix) {
    try (Admin admin = Admin.create(clientSettings)) {
      Map<String, NewTopic> wanted =
          Arrays.stream(Topic.values())
              .collect(toMap(topic -> topic.named(prefix), topic -> newTopic(topic, prefix)));
      wanted.keySet().removeAll(await(admin.listTopics().names()));
      for (KafkaFuture<Void> created : admin.createTopics(wanted.values()).values().values()) {
        awaitCreation(created);
      }
    }
  }

  private static NewTopic newTopic(Topic topic, String prefix) {
    return new NewTopic(topic.named(prefix), Optional.of(topic.partitions()), Optional.empty())
        .configs(topic.settings());
  }

  private static void awaitCreation(KafkaFuture<Void> created) {
    try {
      await(created);
    } catch (TopicExistsException raced) {
      // another stage that starts at the same time was faster
    }
  }

  private static <T> T await(KafkaFuture<T> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted while waiting for the broker", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof KafkaException refused) {
        throw refused;
      }
      throw new KafkaException(e.getCause());
    }
  }
}
