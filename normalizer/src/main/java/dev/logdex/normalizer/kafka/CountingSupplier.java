package dev.logdex.normalizer.kafka;

import dev.logdex.normalizer.source.SourceLogFactory;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** Supplies the processor that reads logs and adds up executions, with its stores. */
public final class CountingSupplier implements ProcessorSupplier<byte[], byte[], String, Outcome> {
  private final FlowSettings settings;
  private final SourceLogFactory logs;

  public CountingSupplier(FlowSettings settings, SourceLogFactory logs) {
    this.settings = settings;
    this.logs = logs;
  }

  @Override
  public Processor<byte[], byte[], String, Outcome> get() {
    return new AssembleAndCount(settings, logs);
  }

  /**
   * In memory, because both are small (bounded by settings) and touched for every record; the
   * changelog restores them.
   */
  @Override
  public Set<StoreBuilder<?>> stores() {
    Set<StoreBuilder<?>> stores = new LinkedHashSet<>(); // the order shows in the picture
    stores.add(store(AssembleAndCount.SOURCES_STORE, Serdes.ByteArray()));
    stores.add(store(AssembleAndCount.PARTIALS_STORE, EventSerdes.WINDOW_PART));
    return stores;
  }

  private static <V> StoreBuilder<?> store(String name, Serde<V> values) {
    return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), Serdes.String(), values)
        .withLoggingEnabled(Map.of())
        .withCachingEnabled();
  }
}
