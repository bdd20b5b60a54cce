package dev.logdex.deploy.pipeline;

import static java.util.stream.Collectors.toMap;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/**
 * What a consumer group has yet to commit of the topics it reads.
 *
 * <p>Ends are those of everything written, not only of committed transactions: a transaction that
 * is just ending may have shown one of its effects and not yet the other, and waiting for its
 * records, too, closes that gap.
 */
public final class Backlog implements AutoCloseable {
  private final Admin admin;

  public Backlog(Map<String, Object> clientSettings) {
    this.admin = Admin.create(clientSettings);
  }

  /** Where every partition of the topics ends now. */
  public Map<TopicPartition, Long> ends(Collection<String> topics) {
    Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
    partitions(topics).forEach(partition -> wanted.put(partition, OffsetSpec.latest()));
    Map<TopicPartition, ListOffsetsResultInfo> found =
        await(
            admin
                .listOffsets(wanted, new ListOffsetsOptions(IsolationLevel.READ_UNCOMMITTED))
                .all());
    return found.entrySet().stream()
        .collect(toMap(Map.Entry::getKey, end -> end.getValue().offset()));
  }

  /**
   * Records between what the group has committed and those ends. They are not asked for anew each
   * time: on a broker that others write to, there is always something more.
   */
  public long of(String group, Map<TopicPartition, Long> ends) {
    Map<TopicPartition, Long> committed = committed(group);
    long records = 0;
    for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
      records += Math.max(0, end.getValue() - committed.getOrDefault(end.getKey(), 0L));
    }
    return records;
  }

  /** Whether the group has a member, or had one a moment ago that did not say that it leaves. */
  public boolean isActive(String group) {
    try {
      Map<String, ConsumerGroupDescription> described =
          await(admin.describeConsumerGroups(List.of(group)).all());
      return described.values().stream().anyMatch(each -> !each.members().isEmpty());
    } catch (GroupIdNotFoundException unknown) {
      return false;
    }
  }

  /**
   * Forgets what a group without members has committed, so that its next commit tells of its next
   * life. Only for a group that does not rely on it.
   */
  public void forget(String group) {
    try {
      await(admin.deleteConsumerGroups(List.of(group)).all());
    } catch (GroupIdNotFoundException unknown) {
      // nothing to forget
    }
  }

  /** The topics there are now whose name is wanted, in order. */
  public List<String> topics(Predicate<String> wanted) {
    Set<String> names = await(admin.listTopics().names());
    return names.stream().filter(wanted).sorted().toList();
  }

  @Override
  public void close() {
    admin.close();
  }

  private Stream<TopicPartition> partitions(Collection<String> topics) {
    Map<String, TopicDescription> described = await(admin.describeTopics(topics).allTopicNames());
    return described.values().stream()
        .flatMap(
            topic ->
                topic.partitions().stream()
                    .map(partition -> new TopicPartition(topic.name(), partition.partition())));
  }

  private Map<TopicPartition, Long> committed(String group) {
    Map<TopicPartition, Long> offsets = new HashMap<>();
    try {
      Map<TopicPartition, OffsetAndMetadata> found =
          await(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
      found.forEach(
          (partition, offset) -> {
            // a partition of which nothing was committed yet is there without an offset
            if (offset != null) {
              offsets.put(partition, offset.offset());
            }
          });
    } catch (GroupIdNotFoundException notYet) {
      return Map.of();
    }
    return offsets;
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
