package dev.logdex.normalizer.kafka;

import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.internals.CacheFlushListener;
import org.apache.kafka.streams.state.internals.CachedStateStore;
import org.jspecify.annotations.Nullable;

/**
 * Pieces of a task's state that are written when the stream commits and not for every record: the
 * owner works in memory and hands over what changed when it is asked to, in time for the same
 * transaction that commits the records read.
 *
 * <p>Kafka Streams asks stores that cache to flush, first thing of a commit ({@code
 * StreamTask.prepareCommit}). The interface by which it does so is internal; this is the only class
 * that knows it. An owner that was never asked has to hand over after every record: see {@link
 * #isAsked} and ADR 8.
 */
final class CommittedPieces implements StateStore, CachedStateStore<String, byte[]> {
  private final KeyValueStore<String, byte[]> pieces;
  private @Nullable Runnable owner;
  private boolean asked;

  private CommittedPieces(KeyValueStore<String, byte[]> pieces) {
    this.pieces = pieces;
  }

  /** Builds one that lives in memory and is restored from its changelog. */
  static StoreBuilder<CommittedPieces> builder(String name) {
    return new Builder(
        Stores.keyValueStoreBuilder(
                Stores.inMemoryKeyValueStore(name), Serdes.String(), Serdes.ByteArray())
            .withCachingDisabled()
            .withLoggingEnabled(Map.of()));
  }

  /** What was handed over, restored after a restart; written to by the owner only. */
  KeyValueStore<String, byte[]> pieces() {
    return pieces;
  }

  /** From now on that is run when the stream is about to commit. */
  void handedOverBy(Runnable handOver) {
    owner = handOver;
  }

  /** Whether the stream has ever asked for what changed, and so will before each commit. */
  boolean isAsked() {
    return asked;
  }

  @Override
  public void flushCache() {
    asked = true;
    Runnable present = owner;
    if (present != null) {
      present.run();
    }
  }

  /** Before the task becomes a standby: its owner is gone. */
  @Override
  public void clearCache() {
    owner = null;
  }

  @Override
  public boolean setFlushListener(
      CacheFlushListener<String, byte[]> listener, boolean sendOldValues) {
    return false;
  }

  @Override
  public String name() {
    return pieces.name();
  }

  /** The store that Kafka Streams sees is this one. */
  @Override
  public void init(StateStoreContext context, StateStore root) {
    // a task that was closed dirty is initialized again with the same stores
    owner = null;
    asked = false;
    pieces.init(context, this);
  }

  @Override
  public void commit(Map<TopicPartition, Long> changelogOffsets) {
    pieces.commit(changelogOffsets);
  }

  @Override
  public @Nullable Long committedOffset(TopicPartition partition) {
    return pieces.committedOffset(partition);
  }

  @Override
  public void close() {
    owner = null;
    pieces.close();
  }

  @Override
  public boolean persistent() {
    return pieces.persistent();
  }

  @Override
  public boolean isOpen() {
    return pieces.isOpen();
  }

  private static final class Builder implements StoreBuilder<CommittedPieces> {
    private final StoreBuilder<KeyValueStore<String, byte[]>> pieces;

    Builder(StoreBuilder<KeyValueStore<String, byte[]>> pieces) {
      this.pieces = pieces;
    }

    @Override
    public CommittedPieces build() {
      return new CommittedPieces(pieces.build());
    }

    /** Not done: a cache would be asked to flush before the owner is. */
    @Override
    public StoreBuilder<CommittedPieces> withCachingEnabled() {
      return this;
    }

    @Override
    public StoreBuilder<CommittedPieces> withCachingDisabled() {
      return this;
    }

    @Override
    public StoreBuilder<CommittedPieces> withLoggingEnabled(Map<String, String> config) {
      pieces.withLoggingEnabled(config);
      return this;
    }

    @Override
    public StoreBuilder<CommittedPieces> withLoggingDisabled() {
      pieces.withLoggingDisabled();
      return this;
    }

    @Override
    public Map<String, String> logConfig() {
      return pieces.logConfig();
    }

    @Override
    public boolean loggingEnabled() {
      return pieces.loggingEnabled();
    }

    @Override
    public String name() {
      return pieces.name();
    }
  }
}
