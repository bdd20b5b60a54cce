package dev.logdex.normalizer.benchmark;

import dev.logdex.normalizer.Normalizer;
import dev.logdex.normalizer.NormalizerConfig;
import dev.logdex.normalizer.kafka.NormalizerProgress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Produced;

/** Runs one application over all that is on a topic, and measures it. */
final class Runs {
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final long CHECK_MS = 50;

  private final Map<String, Object> client;
  private final Admin admin;

  Runs(Map<String, Object> client, Admin admin) {
    this.client = client;
    this.admin = admin;
  }

  /**
   * What a run took.
   *
   * @param cpuSeconds by kind of thread
   * @param topicBytes size of the internal topics on the broker's disk, as they were sent
   * @param pieceBytes of open windows in the changelog, by the first letter of the pieces' names
   */
  record Run(
      double wallSeconds,
      Map<String, Double> cpuSeconds,
      Map<String, Long> topicBytes,
      Map<Character, Long> pieceBytes) {
    double cpu() {
      return ThreadTimes.sum(cpuSeconds);
    }
  }

  /** The least that a Streams application can do with the records: send them on. */
  Run passthrough(String from, String applicationId, Map<String, Object> settings)
      throws Exception {
    String to = applicationId + "-copy";
    Map<TopicPartition, Long> ends = ends(from);
    admin.createTopics(List.of(new NewTopic(to, ends.size(), (short) 1))).all().get();
    StreamsBuilder builder = new StreamsBuilder();
    builder.stream(from, Consumed.with(Serdes.ByteArray(), Serdes.ByteArray()))
        .to(to, Produced.with(Serdes.ByteArray(), Serdes.ByteArray()));
    Properties properties = new Properties();
    properties.putAll(settings);
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId);
    long start = System.nanoTime();
    Run run;
    try (KafkaStreams streams = new KafkaStreams(builder.build(), properties)) {
      streams.start();
      await(() -> hasRead(applicationId, ends));
      run = new Run(since(start), ThreadTimes.seconds(applicationId), Map.of(), Map.of());
    }
    admin.deleteTopics(List.of(to)).all().get();
    return run;
  }

  /** Our topology, from the logs to the windows. */
  Run normalizer(NormalizerConfig config, String logs) throws Exception {
    String application = config.applicationId();
    forget(application);
    long start = System.nanoTime();
    try (Normalizer normalizer = new Normalizer(config);
        NormalizerProgress progress =
            NormalizerProgress.of(client, config.topicPrefix(), lastOffsets(logs))) {
      normalizer.start();
      await(
          () -> {
            if (normalizer.failure().isPresent()) {
              throw new IllegalStateException(normalizer.failure().get());
            }
            return progress.handedOn();
          });
      return new Run(
          since(start),
          ThreadTimes.seconds(application),
          sizes(application),
          pieces(application + "-open-windows-changelog"));
    }
  }

  /** An application that starts again begins with the first record. */
  private void forget(String application) throws Exception {
    Set<String> groups =
        admin.listGroups().all().get().stream()
            .map(group -> group.groupId())
            .collect(Collectors.toSet());
    if (groups.contains(application)) {
      admin.deleteConsumerGroups(List.of(application)).all().get();
    }
    List<String> internal =
        admin.listTopics().names().get().stream()
            .filter(topic -> topic.startsWith(application + "-"))
            .toList();
    admin.deleteTopics(internal).all().get();
  }

  /** Bytes on disk by topic, of topics that begin so. */
  Map<String, Long> sizes(String prefix) throws Exception {
    Map<String, Long> sizes = new HashMap<>();
    var folders = admin.describeLogDirs(List.of(1)).allDescriptions().get();
    folders
        .values()
        .forEach(
            folder ->
                folder
                    .values()
                    .forEach(
                        found ->
                            found
                                .replicaInfos()
                                .forEach(
                                    (partition, replica) -> {
                                      if (partition.topic().startsWith(prefix)) {
                                        sizes.merge(
                                            partition.topic().substring(prefix.length()),
                                            replica.size(),
                                            Long::sum);
                                      }
                                    })));
    return sizes;
  }

  private Map<Character, Long> pieces(String changelog) throws Exception {
    Map<Character, Long> pieces = new TreeMap<>();
    Map<TopicPartition, Long> ends = ends(changelog);
    Map<String, Object> settings = new HashMap<>(client);
    settings.put("isolation.level", "read_committed");
    try (KafkaConsumer<byte[], byte[]> reader =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      reader.assign(ends.keySet());
      reader.seekToBeginning(ends.keySet());
      while (ends.entrySet().stream().anyMatch(e -> reader.position(e.getKey()) < e.getValue())) {
        for (ConsumerRecord<byte[], byte[]> record : reader.poll(Duration.ofMillis(100))) {
          boolean gone = record.value() == null;
          long bytes = (long) record.key().length + (gone ? 0 : record.value().length);
          pieces.merge(gone ? '-' : (char) record.key()[0], bytes, Long::sum);
        }
      }
    }
    return pieces;
  }

  private Map<TopicPartition, Long> lastOffsets(String topic) throws Exception {
    Map<TopicPartition, Long> last = new HashMap<>();
    ends(topic).forEach((partition, end) -> last.put(partition, end - 1));
    return last;
  }

  private Map<TopicPartition, Long> ends(String topic) throws Exception {
    Map<TopicPartition, OffsetSpec> latest =
        admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic).partitions().stream()
            .collect(
                Collectors.toMap(
                    info -> new TopicPartition(topic, info.partition()),
                    info -> OffsetSpec.latest()));
    Map<TopicPartition, Long> ends = new HashMap<>();
    admin
        .listOffsets(latest)
        .all()
        .get()
        .forEach((partition, found) -> ends.put(partition, found.offset()));
    return ends;
  }

  private boolean hasRead(String group, Map<TopicPartition, Long> ends) {
    try {
      Map<TopicPartition, OffsetAndMetadata> committed =
          admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
      return ends.entrySet().stream()
          .allMatch(
              end ->
                  end.getValue() == 0
                      || (committed.get(end.getKey()) != null
                          && committed.get(end.getKey()).offset() >= end.getValue()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for " + group, e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ApiException) {
        return false; // the group, or its coordinator, may not be there yet
      }
      throw new IllegalStateException(e);
    }
  }

  private static void await(BooleanSupplier done) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!done.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("not done within " + PATIENCE);
      }
      TimeUnit.MILLISECONDS.sleep(CHECK_MS);
    }
  }

  private static double since(long startNanos) {
    return (System.nanoTime() - startNanos) / 1e9;
  }
}
