package dev.logdex.normalizer.kafka;

import dev.logdex.normalizer.source.SourceLogFactory;
import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;

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
   * In memory, because both are small (bounded by settings) and read at a restart only; the
   * changelog restores them.
   */
  @Override
  public Set<StoreBuilder<?>> stores() {
    Set<StoreBuilder<?>> stores = new LinkedHashSet<>(); // the order shows in the picture
    stores.add(CommittedPieces.builder(AssembleAndCount.SOURCES_STORE));
    stores.add(CommittedPieces.builder(AssembleAndCount.WINDOWS_STORE));
    return stores;
  }
}
