package dev.logdex.normalizer.kafka;

import dev.logdex.normalizer.event.QueryWindow;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** Supplies the processor that adds up the parts of windows, with its store. */
public final class MergingSupplier
    implements ProcessorSupplier<String, QueryWindow, String, QueryWindow> {
  private final FlowSettings settings;

  public MergingSupplier(FlowSettings settings) {
    this.settings = settings;
  }

  @Override
  public Processor<String, QueryWindow, String, QueryWindow> get() {
    return new MergeWindows(settings);
  }

  /** On disk: a replayed year of windows is kept for the whole retention. */
  @Override
  public Set<StoreBuilder<?>> stores() {
    return Set.of(
        Stores.keyValueStoreBuilder(
                Stores.persistentKeyValueStore(MergeWindows.WINDOWS_STORE),
                Serdes.String(),
                StoredWindow.serde())
            .withLoggingEnabled(Map.of())
            .withCachingEnabled());
  }
}
