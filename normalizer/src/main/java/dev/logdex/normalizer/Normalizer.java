package dev.logdex.normalizer;

import dev.logdex.normalizer.kafka.PackingClients;
import dev.logdex.normalizer.logentry.SourceLogs;
import dev.logdex.normalizer.source.SourceLogFactory;
import dev.logdex.runtime.Stage;
import dev.logdex.runtime.Topic;
import dev.logdex.runtime.TopicAdmin;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The normalizer as a running stage: raw log lines in, query windows and dead letters out. */
public final class Normalizer implements Stage {
  private static final Logger LOG = LoggerFactory.getLogger(Normalizer.class);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

  private final NormalizerConfig config;
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private volatile KafkaStreams streams;

  /** Takes the settings; nothing runs before {@link #start}. */
  public Normalizer(NormalizerConfig config) {
    this.config = config;
    this.streams = streams();
  }

  private KafkaStreams streams() {
    StreamsConfig settings = config.streams();
    KafkaStreams fresh =
        new KafkaStreams(
            new NormalizerTopology(config, logs(config)).build(settings),
            settings,
            new PackingClients(Topic.LOGS.named(config.topicPrefix())));
    fresh.setUncaughtExceptionHandler(this::handle);
    return fresh;
  }

  /** Creates the topics that are missing and begins to read. */
  @Override
  public void start() {
    TopicAdmin.createMissing(config.kafkaClient(), config.topicPrefix());
    try {
      streams.start();
    } catch (ProcessorStateException damaged) {
      LOG.warn("the state folder is damaged and read anew from Kafka", damaged);
      startWithoutLocalState();
    }
  }

  /**
   * What was killed while it removed a store, as it does at a start after another kill, leaves one
   * that RocksDB does not open. All of it is in the changelog as well.
   */
  private void startWithoutLocalState() {
    streams.close(CLOSE_TIMEOUT);
    KafkaStreams fresh = streams();
    streams = fresh;
    fresh.cleanUp();
    fresh.start();
  }

  @Override
  public Optional<Throwable> failure() {
    return Optional.ofNullable(failure.get());
  }

  /** Leaves the group, so that the next start need not wait until this one is missed. */
  @Override
  public void close() {
    boolean closed =
        streams.close(
            CloseOptions.groupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP)
                .withTimeout(CLOSE_TIMEOUT));
    if (!closed) {
      LOG.warn("the normalizer did not stop within {}", CLOSE_TIMEOUT);
    }
  }

  static SourceLogFactory logs(NormalizerConfig config) {
    return (source, sink, pieces) ->
        SourceLogs.restore(source, config.log(), sink, pieces.entrySet());
  }

  private StreamThreadExceptionResponse handle(Throwable error) {
    if (isPassing(error)) {
      LOG.warn("the normalizer lost its broker and tries again", error);
      return StreamThreadExceptionResponse.REPLACE_THREAD;
    }
    LOG.error("the normalizer has stopped", error);
    failure.compareAndSet(null, error);
    return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
  }

  private static boolean isPassing(Throwable error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof RetriableException) {
        return true;
      }
    }
    return false;
  }
}
