package dev.logdex.ingest;

import dev.logdex.ingest.outlet.PackLimits;
import dev.logdex.ingest.outlet.spool.SpoolOptions;
import dev.logdex.runtime.Settings;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigDef;

/** The settings of what stands between the listeners and Kafka. */
final class OutletSettings {
  private static final String BYTES_MAX = "outlet.bytes.max";
  private static final String PACK_TIME = "pack.time";
  private static final String SPOOL_DIR = "spool.dir";
  private static final String SPOOL_BYTES_MAX = "spool.bytes.max";
  private static final String SPOOL_AFTER = "spool.after";
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
            "How long a line waits for others of its source, to share a record with them.")
        .define(
            SPOOL_DIR,
            ConfigDef.Type.STRING,
            "",
            ConfigDef.Importance.MEDIUM,
            "Folder where lines are kept while Kafka is away; of one process at a time. Not given:"
                + " senders are held back instead.")
        .define(
            SPOOL_BYTES_MAX,
            ConfigDef.Type.LONG,
            1024L * 1024 * 1024,
            ConfigDef.Range.atLeast(BYTES_LEAST),
            ConfigDef.Importance.MEDIUM,
            "Bytes of lines that are kept there; beyond it, senders are held back and datagrams"
                + " dropped.")
        .define(
            SPOOL_AFTER,
            ConfigDef.Type.STRING,
            "PT2S",
            Settings.duration(),
            ConfigDef.Importance.LOW,
            "Kafka counts as being away when it has not acknowledged a record after this time.");
  }

  /** Where lines are kept while Kafka is away; empty when they are not. */
  static Optional<SpoolOptions> spool(Settings settings) {
    String folder = settings.text(SPOOL_DIR);
    return folder.isBlank()
        ? Optional.empty()
        : Optional.of(
            new SpoolOptions(
                Path.of(folder),
                settings.longInteger(SPOOL_BYTES_MAX),
                settings.duration(SPOOL_AFTER)));
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
