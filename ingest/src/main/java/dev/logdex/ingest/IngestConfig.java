package dev.logdex.ingest;

import static java.util.Objects.requireNonNull;

import dev.logdex.ingest.http.HttpSettings;
import dev.logdex.ingest.kafka.ShipperSettings;
import dev.logdex.ingest.logfile.BlockLimits;
import dev.logdex.ingest.outlet.PackLimits;
import dev.logdex.ingest.outlet.spool.SpoolOptions;
import dev.logdex.ingest.syslog.SyslogOptions;
import dev.logdex.ingest.tail.TailOptions;
import dev.logdex.runtime.Settings;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigDef;

/**
 * Settings of the ingest stage.
 *
 * @param shipper how logs are shipped
 * @param packing how lines that come one by one share records
 * @param spool where lines are kept while Kafka is away; empty when they are not
 * @param syslog what is listened to for syslog
 * @param http what is listened to for HTTP; empty when nothing is
 * @param files which files are followed
 * @param metricsPort -1 for none
 */
public record IngestConfig(
    ShipperSettings shipper,
    PackLimits packing,
    Optional<SpoolOptions> spool,
    SyslogOptions syslog,
    Optional<HttpSettings> http,
    TailOptions files,
    int metricsPort) {
  private static final String BLOCK_BYTES = "block.bytes";
  private static final String LINE_BYTES = "line.bytes";
  private static final String COMPRESSION = "compression";
  private static final String FOLLOW_INTERVAL = "follow.interval";
  private static final String FOLLOW_QUIET_TIME = "follow.quiet.time";

  /** The largest value that still fits into a record of the logs topic, with room for its key. */
  private static final int MAX_VALUE_BYTES = 7 * 1024 * 1024;

  public IngestConfig {
    requireNonNull(shipper, "shipper");
    requireNonNull(packing, "packing");
    requireNonNull(spool, "spool");
    requireNonNull(syslog, "syslog");
    requireNonNull(http, "http");
    requireNonNull(files, "files");
  }

  /** Every setting of the stage, with its default. */
  public static ConfigDef definition() {
    return FileSettings.define(
            HttpSettings.define(SyslogSettings.define(OutletSettings.define(Settings.base()))))
        .define(
            BLOCK_BYTES,
            ConfigDef.Type.INT,
            BlockLimits.DEFAULT.blockBytes(),
            ConfigDef.Range.between(1, MAX_VALUE_BYTES),
            ConfigDef.Importance.LOW,
            "Whole lines are packed into one record up to this many bytes.")
        .define(
            LINE_BYTES,
            ConfigDef.Type.INT,
            BlockLimits.DEFAULT.lineBytes(),
            ConfigDef.Range.between(1, MAX_VALUE_BYTES),
            ConfigDef.Importance.LOW,
            "A line is cut after this many bytes; what is cut is counted. At least "
                + BLOCK_BYTES
                + " apply.")
        .define(
            COMPRESSION,
            ConfigDef.Type.STRING,
            "lz4",
            ConfigDef.ValidString.in("none", "lz4", "zstd", "gzip", "snappy"),
            ConfigDef.Importance.LOW,
            "How records are compressed on their way and on the broker.")
        .define(
            FOLLOW_INTERVAL,
            ConfigDef.Type.STRING,
            "PT0.1S",
            Settings.duration(),
            ConfigDef.Importance.LOW,
            "How often a followed file is looked at for new lines.")
        .define(
            FOLLOW_QUIET_TIME,
            ConfigDef.Type.STRING,
            "PT3S",
            Settings.duration(),
            ConfigDef.Importance.LOW,
            "How long a followed file must not grow until its last entry is taken as complete.");
  }

  /**
   * Reads the settings.
   *
   * @throws org.apache.kafka.common.config.ConfigException that names everything that is wrong
   */
  public static IngestConfig parse(Map<String, String> given) {
    Settings settings = Settings.parse(definition(), given);
    BlockLimits limits =
        new BlockLimits(
            settings.integer(BLOCK_BYTES),
            Math.max(settings.integer(BLOCK_BYTES), settings.integer(LINE_BYTES)));
    ShipperSettings shipper =
        new ShipperSettings(
            settings.kafkaClient(),
            settings.topicPrefix(),
            limits,
            settings.text(COMPRESSION),
            settings.duration(FOLLOW_INTERVAL),
            settings.duration(FOLLOW_QUIET_TIME));
    return new IngestConfig(
        shipper,
        OutletSettings.packing(settings, limits.blockBytes()),
        OutletSettings.spool(settings),
        SyslogSettings.of(settings, limits.lineBytes()),
        HttpSettings.of(settings),
        FileSettings.of(settings, shipper),
        settings.integer(Settings.METRICS_PORT));
  }

  /** The same, but following these files. */
  public IngestConfig following(TailOptions others) {
    return new IngestConfig(shipper, packing, spool, syslog, http, others, metricsPort);
  }
}
