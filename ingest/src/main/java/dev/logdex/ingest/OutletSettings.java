package dev.logdex.ingest;

import dev.logdex.ingest.outlet.PackLimits;
import dev.logdex.runtime.Settings;
import org.apache.kafka.common.config.ConfigDef;

/** The settings of what stands between the listeners and Kafka. */
final class OutletSettings {
  private static final String BYTES_MAX = "outlet.bytes.max";
  private static final String PACK_TIME = "pack.time";
  private static final long BYTES_LEAST = 1024 * 1024;

  private OutletSettings() {}

  static ConfigDef define(ConfigDef definition) {
    return definition
        .define(
            BYTES_MAX,
            ConfigDef.Type.LONG,
            32L * 1024 * 1024,
            ConfigDef.Range.atLeast(BYTES_LEAST),
            ConfigDef.Importance.MEDIUM,
            "Bytes in memory that Kafka has not acknowledged. Senders are held back at half of it,"
                + " and what cannot be held back is refused or dropped, and counted, beyond it.")
        .define(
            PACK_TIME,
            ConfigDef.Type.STRING,
            "PT0.05S",
            Settings.duration(),
            ConfigDef.Importance.LOW,
            "How long a line waits for others of its source, to share a record with them.");
  }

  /** Bytes that may wait for Kafka. */
  static long bytesMax(Settings settings) {
    return settings.longInteger(BYTES_MAX);
  }

  /** How lines are packed that come one by one. */
  static PackLimits packing(Settings settings, int blockBytes) {
    return new PackLimits(blockBytes, settings.duration(PACK_TIME), bytesMax(settings));
  }
}
