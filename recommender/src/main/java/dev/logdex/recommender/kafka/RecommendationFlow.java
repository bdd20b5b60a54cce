package dev.logdex.recommender.kafka;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;

import dev.logdex.analyzer.event.Analysis;
import dev.logdex.recommender.advice.VisibleText;
import dev.logdex.recommender.event.RecommendationCommand;
import dev.logdex.recommender.event.RecommendationEvent;
import dev.logdex.recommender.lifecycle.Ledger;
import dev.logdex.recommender.lifecycle.Snapshot;
import dev.logdex.runtime.EventJson;
import dev.logdex.runtime.Topic;
import dev.logdex.runtime.TopicAdmin;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads analyses, publishes what follows from them, and only then commits.
 *
 * <p>Whenever partitions are assigned, what was told is read anew from the stage's own topic, and
 * all analyses from the beginning. Of those that are there already the newest of each key counts,
 * and it is compared with what was told. So it does not matter where a former life ended: what it
 * had published is not published again, and what it had not is. Decisions are read from where the
 * group is; one that is read twice changes nothing the second time.
 */
public final class RecommendationFlow implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(RecommendationFlow.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration PAUSE = Duration.ofSeconds(2);
  private static final Topic COMMANDS = Topic.RECOMMENDATION_COMMANDS;
  private static final int ID_LENGTH = 40;
  private static final String CONTENT_TYPE_HEADER = "content-type";

  private final Map<String, Object> clientSettings;
  private final String topicPrefix;
  private final Supplier<Ledger> ledgers;
  private final java.util.function.Consumer<Snapshot> watcher;
  private final CountDownLatch closing = new CountDownLatch(1);

  /**
   * @param ledgers gives an empty ledger for each new beginning
   * @param watcher is told of every change, on the flow's thread
   */
  public RecommendationFlow(
      Map<String, Object> clientSettings,
      String topicPrefix,
      Supplier<Ledger> ledgers,
      java.util.function.Consumer<Snapshot> watcher) {
    this.clientSettings = Map.copyOf(clientSettings);
    this.topicPrefix = requireNonNull(topicPrefix, "topicPrefix");
    this.ledgers = requireNonNull(ledgers, "ledgers");
    this.watcher = requireNonNull(watcher, "watcher");
  }

  /** The consumer group whose committed offsets tell how far the stage has come. */
  public static String group(String topicPrefix) {
    return topicPrefix + "recommender";
  }

  /** Asks {@link #run} to return soon; a call that waits for the broker needs an interrupt. */
  public void close() {
    closing.countDown();
  }

  /**
   * Works until closed.
   *
   * @throws KafkaException when the broker refuses for good, not when it is merely out of reach
   */
  @Override
  public void run() {
    while (!isClosing()) {
      try {
        TopicAdmin.createMissing(clientSettings, topicPrefix);
        workWithFreshClients();
      } catch (KafkaException e) {
        if (isClosing()) {
          return;
        }
        if (!passes(e)) {
          throw e;
        }
        LOG.warn("Kafka is not to be had now: {}", e.toString());
        pause();
      }
    }
  }

  private void workWithFreshClients() {
    Clients clients = new Clients(clientSettings);
    try (Consumer<String, byte[]> consumer = clients.groupConsumer(group(topicPrefix));
        Producer<String, byte[]> producer = clients.producer()) {
      new Session(clients, consumer, producer).work();
    }
  }

  private boolean isClosing() {
    return closing.getCount() == 0;
  }

  /** Whether a new attempt with new clients may go better. */
  private static boolean passes(KafkaException e) {
    return e instanceof RetriableException || e instanceof CommitFailedException;
  }

  private void pause() {
    try {
      boolean closed = closing.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
      LOG.debug(closed ? "closed while waiting for Kafka" : "trying Kafka again");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptException(e);
    }
  }

  /** The life of one pair of clients. */
  private final class Session implements ConsumerRebalanceListener {
    private final Clients clients;
    private final Consumer<String, byte[]> consumer;
    private final Producer<String, byte[]> producer;
    private final Map<TopicPartition, Long> committed = new HashMap<>();
    private Ledger ledger = ledgers.get();

    /** Partitions are assigned in poll() only, so between two polls neither number changes. */
    private int assignments;

    private int caughtUpWith;

    Session(Clients clients, Consumer<String, byte[]> consumer, Producer<String, byte[]> producer) {
      this.clients = clients;
      this.consumer = consumer;
      this.producer = producer;
    }

    void work() {
      consumer.subscribe(List.of(name(Topic.TABLE_ANALYSES), name(COMMANDS)), this);
      while (!isClosing()) {
        ConsumerRecords<String, byte[]> records = consumer.poll(POLL);
        if (caughtUpWith != assignments) {
          catchUp();
        } else if (!records.isEmpty()) {
          records.forEach(this::process);
          settle();
          watcher.accept(ledger.snapshot());
        }
        if (caughtUpWith == assignments) {
          commit();
        }
      }
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      partitions.forEach(committed::remove);
    }

    /** Decisions are about what is told, so they wait until that is known. */
    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      assignments++;
      consumer.pause(partitionsOf(COMMANDS));
    }

    private List<TopicPartition> partitionsOf(Topic topic) {
      return consumer.assignment().stream()
          .filter(partition -> partition.topic().equals(name(topic)))
          .toList();
    }

    /** Reads all partitions to what is their end now, and works on the newest of each key. */
    private void catchUp() {
      int assignment = assignments;
      Map<String, ConsumerRecord<String, byte[]>> newest = new LinkedHashMap<>();
      List<TopicPartition> analyses = partitionsOf(Topic.TABLE_ANALYSES);
      consumer.seekToBeginning(analyses);
      Map<TopicPartition, Long> ends = consumer.endOffsets(analyses);
      while (!Positions.reached(consumer, ends)) {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
          // taken out first, so that the order is that of the newest records
          newest.remove(record.key());
          newest.put(record.key(), record);
        }
        if (isClosing() || assignment != assignments) {
          return;
        }
      }
      begin();
      newest.values().forEach(this::process);
      settle();
      watcher.accept(ledger.snapshot());
      caughtUpWith = assignment;
      consumer.resume(partitionsOf(COMMANDS));
    }

    private void begin() {
      ledger = ledgers.get();
      ToldEvents.read(clients, name(Topic.RECOMMENDATIONS)).forEach(ledger::told);
      CountedRounds.read(clients, name(Topic.RECOMMENDER_STATE)).forEach(ledger::remembered);
    }

    private void process(ConsumerRecord<String, byte[]> record) {
      publish(guarded(record, () -> eventsOf(record)));
    }

    private void settle() {
      publish(ledger.settle());
    }

    private List<RecommendationEvent> eventsOf(ConsumerRecord<String, byte[]> record) {
      if (record.topic().equals(name(COMMANDS))) {
        return record.value() == null ? List.of() : decided(record);
      }
      return record.value() == null
          ? ledger.gone(record.key())
          : ledger.take(EventJson.read(record.value(), Analysis.class));
    }

    private List<RecommendationEvent> decided(ConsumerRecord<String, byte[]> record) {
      RecommendationCommand command = EventJson.read(record.value(), RecommendationCommand.class);
      List<RecommendationEvent> events =
          ledger.decided(command, Instant.ofEpochMilli(record.timestamp())).stream().toList();
      RecommenderMetrics.decision(command.action(), !events.isEmpty());
      if (events.isEmpty()) {
        LOG.info(
            "{} of {} changes nothing: it is not known, not open to that, or so already",
            command.action().word(),
            VisibleText.cut(VisibleText.oneLine(command.recommendation()), ID_LENGTH));
      }
      return events;
    }

    /** One record that cannot be worked on must not keep the others from being. */
    private List<RecommendationEvent> guarded(
        ConsumerRecord<String, byte[]> record, Supplier<List<RecommendationEvent>> work) {
      try {
        return work.get();
      } catch (RuntimeException e) { // whatever it is, it is this record's alone
        RecommenderMetrics.unreadable();
        // no message: it may quote the record
        LOG.error(
            "cannot work on record {} of {}: {} at {}",
            record.offset(),
            record.topic(),
            e.getClass().getName(),
            e.getStackTrace().length > 0 ? e.getStackTrace()[0] : "unknown place");
        return List.of();
      }
    }

    /** Events first: rounds without their events would be counted on as if told. */
    private void publish(List<RecommendationEvent> events) {
      List<Future<RecordMetadata>> acknowledgements = new ArrayList<>();
      for (RecommendationEvent event : events) {
        ProducerRecord<String, byte[]> record =
            new ProducerRecord<>(
                name(Topic.RECOMMENDATIONS), event.subject(), EventJson.write(event));
        record
            .headers()
            .add(CONTENT_TYPE_HEADER, RecommendationEvent.CONTENT_TYPE.getBytes(US_ASCII));
        acknowledgements.add(producer.send(record));
      }
      ledger
          .unwrittenRounds()
          .forEach(
              (table, rounds) ->
                  acknowledgements.add(
                      producer.send(
                          new ProducerRecord<>(
                              name(Topic.RECOMMENDER_STATE),
                              table,
                              rounds.map(EventJson::write).orElse(null)))));
      if (acknowledgements.isEmpty()) {
        return;
      }
      producer.flush();
      acknowledgements.forEach(RecommendationFlow::await);
      events.forEach(ledger::told);
      events.forEach(RecommenderMetrics::published);
    }

    private void commit() {
      Map<TopicPartition, OffsetAndMetadata> progress = new HashMap<>();
      for (TopicPartition partition : consumer.assignment()) {
        long position = consumer.position(partition);
        if (!Long.valueOf(position).equals(committed.put(partition, position))) {
          progress.put(partition, new OffsetAndMetadata(position));
        }
      }
      if (!progress.isEmpty()) {
        consumer.commitSync(progress);
      }
    }
  }

  private String name(Topic topic) {
    return topic.named(topicPrefix);
  }

  private static void await(Future<RecordMetadata> acknowledgement) {
    try {
      acknowledgement.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptException(e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof KafkaException refused) {
        throw refused;
      }
      throw new KafkaException(e.getCause());
    }
  }
}
