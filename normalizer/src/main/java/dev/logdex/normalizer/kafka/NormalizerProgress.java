package dev.logdex.normalizer.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether everything up to some place of the logs topic has become query windows. Asks the
 * broker only, so it does not matter where the normalizer runs. Not thread-safe.
 */
public final class NormalizerProgress implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(100);
  private static final int MOST_POLLS = 5;

  private final Map<TopicPartition, Long> ends;
  private final String group;
  private final String partials;
  private final Admin admin;
  private final Consumer<byte[], byte[]> reader;

  /** How far the partial windows reached when the logs had been read; null before. */
  private @Nullable Map<TopicPartition, Long> partialEnds;

  private NormalizerProgress(
      Map<TopicPartition, Long> ends, String group, Admin admin, Consumer<byte[], byte[]> reader) {
    this.ends = Map.copyOf(ends);
    this.group = group;
    this.partials = group + "-partial-windows-repartition";
    this.admin = admin;
    this.reader = reader;
  }

  /**
   * Begins to watch.
   *
   * @param ends the last offset of interest in each partition of the logs topic
   */
  public static NormalizerProgress of(
      Map<String, Object> kafkaClient, String topicPrefix, Map<TopicPartition, Long> ends) {
    Map<String, Object> settings = new HashMap<>(kafkaClient);
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
    settings.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
    Admin admin = Admin.create(kafkaClient);
    return new NormalizerProgress(
        ends,
        topicPrefix + "normalizer",
        admin,
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer()));
  }

  /**
   * Whether all windows that the logs up to the given ends came to are on the query-windows topic.
   * Takes a fraction of a second; to be asked again until it is true.
   */
  public boolean handedOn() {
    Map<TopicPartition, OffsetAndMetadata> committed =
        await(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
    if (!hasRead(committed)) {
      return false;
    }
    if (partialEnds == null) {
      partialEnds = partialEnds();
    }
    return nothingLeft(committed, partialEnds);
  }

  @Override
  public void close() {
    reader.close();
    admin.close();
  }

  private boolean hasRead(Map<TopicPartition, OffsetAndMetadata> committed) {
    return ends.entrySet().stream()
        .allMatch(end -> offset(committed, end.getKey()) > end.getValue());
  }

  /** Includes what is not committed yet: a transaction is settled partition by partition. */
  private Map<TopicPartition, Long> partialEnds() {
    TopicDescription topic =
        await(admin.describeTopics(List.of(partials)).topicNameValues().get(partials));
    Map<TopicPartition, OffsetSpec> latest =
        topic.partitions().stream()
            .collect(
                Collectors.toMap(
                    partition -> new TopicPartition(partials, partition.partition()),
                    partition -> OffsetSpec.latest()));
    Map<TopicPartition, ListOffsetsResultInfo> found = await(admin.listOffsets(latest).all());
    return found.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().offset()));
  }

  /**
   * Offsets alone do not tell: the marks and the remains of transactions take offsets too, and the
   * normalizer need not commit past them. So look whether there is any record to read.
   */
  private boolean nothingLeft(
      Map<TopicPartition, OffsetAndMetadata> committed, Map<TopicPartition, Long> until) {
    List<TopicPartition> open =
        until.keySet().stream()
            .filter(partition -> offset(committed, partition) < until.getOrDefault(partition, 0L))
            .toList();
    reader.assign(open);
    open.forEach(partition -> seek(partition, committed.get(partition)));
    for (int polls = 0; !reached(open, until); polls++) {
      if (polls == MOST_POLLS || !reader.poll(POLL).isEmpty()) {
        return false;
      }
    }
    return true;
  }

  private void seek(TopicPartition partition, @Nullable OffsetAndMetadata committed) {
    if (committed == null) {
      reader.seekToBeginning(List.of(partition));
    } else {
      reader.seek(partition, committed.offset());
    }
  }

  private boolean reached(Collection<TopicPartition> open, Map<TopicPartition, Long> until) {
    return open.stream()
        .allMatch(partition -> reader.position(partition) >= until.getOrDefault(partition, 0L));
  }

  private static long offset(
      Map<TopicPartition, OffsetAndMetadata> committed, TopicPartition partition) {
    @Nullable OffsetAndMetadata found = committed.get(partition);
    return found == null ? -1 : found.offset();
  }

  private static <T> T await(@Nullable KafkaFuture<T> future) {
    try {
      return Objects.requireNonNull(future).get();
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof KafkaException refused
          ? refused
          : new KafkaException(e.getCause());
    }
  }
}
