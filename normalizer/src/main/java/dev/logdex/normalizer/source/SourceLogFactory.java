package dev.logdex.normalizer.source;

import dev.logdex.normalizer.logentry.InspectableLog;
import dev.logdex.normalizer.logentry.LogSink;
import java.util.Map;

/** Opens the log of a source. */
@FunctionalInterface
public interface SourceLogFactory {
  /**
   * Opens or restores.
   *
   * @param pieces what the log gave when it was last drained; empty for a new one
   */
  InspectableLog open(String source, LogSink sink, Map<String, byte[]> pieces);
}
