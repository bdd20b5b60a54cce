package dev.logdex.normalizer;

import static java.util.Objects.requireNonNull;

import dev.logdex.normalizer.envelope.EnvelopeReader;
import dev.logdex.normalizer.kafka.FlowSettings;
import dev.logdex.normalizer.logentry.LogSettings;
import dev.logdex.normalizer.source.SourceSettings;
import dev.logdex.normalizer.window.SampleMode;
import dev.logdex.normalizer.window.WindowCaps;
import dev.logdex.normalizer.window.WindowLimits;
import dev.logdex.runtime.Settings;
import dev.logdex.runtime.Topic;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;

/**
 * Settings of the normalizer.
 *
 * @param kafkaClient what clients are opened with, as passed through
 * @param log how a source's log is read
 * @param flow when sources are quiet, windows handed on and both forgotten
 * @param commitInterval how often work is committed, and so handed on
 * @param metricsPort -1 for none
 */
public record NormalizerConfig(
    Map<String, Object> kafkaClient,
    String topicPrefix,
    LogSettings log,
    FlowSettings flow,
    Duration commitInterval,
    int threads,
    String stateFolder,
    int metricsPort) {
  private static final String LOG_LINE_PREFIX = "log.line.prefix";
  private static final String LOG_ENVELOPE = "log.envelope";
  private static final String LOG_TIMEZONE = "log.timezone";
  private static final String ENTRY_MAX_BYTES = "entry.max.bytes";
  private static final String QUIET_TIME = "quiet.time";
  private static final String SOURCE_RETENTION = "source.retention";
  private static final String WINDOW_SIZE = "window.size";
  private static final String WINDOW_GRACE = "window.grace";
  private static final String WINDOW_RETENTION = "window.retention";
  private static final String PARTIALS_MAX = "partials.max";
  private static final String PARTIALS_MAX_BYTES = "partials.max.bytes";
  private static final String FINGERPRINTS_MAX = "fingerprints.max";
  private static final String SAMPLES = "samples";
  private static final String SAMPLES_HASH_KEY = "samples.hash.key";
  private static final String SAMPLES_MAX = "samples.max";
  private static final String SAMPLE_MAX_LENGTH = "sample.max.length";
  private static final String PLAN_MAX_LENGTH = "plan.max.length";
  private static final String TEXT_MAX_LENGTH = "text.max.length";
  private static final String COMMIT_INTERVAL = "commit.interval";
  private static final String THREADS = "threads";
  private static final String STATE_DIR = "state.dir";

  private static final String FULL = "full";
  private static final String HASHED = "hashed";
  private static final String OFF = "off";

  /** Room for a record's own overhead within what its topic takes. */
  private static final int MAX_RECORD_BYTES = Topic.LOGS.maxMessageBytes();

  private static final long CACHE_BYTES = 64L * 1024 * 1024;
  private static final int BUFFERED_RECORDS = 20;

  /** Many lines of one record each make a pack. */
  private static final int POLLED_RECORDS = 5000;

  /** Windows of a task are alike, so a batch of many is compressed well. */
  private static final int BATCH_BYTES = 256 * 1024;

  /** Kafka Streams' own, and the least: an instance that died holds up readers for so long. */
  private static final long TRANSACTION_TIMEOUT_MS = 10_000;

  private static final Duration HAND_ON_INTERVAL = Duration.ofMillis(500);
  private static final int SESSION_TIMEOUT_MS = 10_000;

  public NormalizerConfig {
    kafkaClient = Map.copyOf(kafkaClient);
    requireNonNull(topicPrefix, "topicPrefix");
    requireNonNull(log, "log");
    requireNonNull(flow, "flow");
    requireNonNull(commitInterval, "commitInterval");
    requireNonNull(stateFolder, "stateFolder");
  }

  /** Every setting of the stage, with its default. */
  public static ConfigDef definition() {
    ConfigDef definition = Settings.base();
    defineLog(definition);
    defineWindows(definition);
    defineRunning(definition);
    return definition;
  }

  /**
   * Reads the settings.
   *
   * @throws ConfigException that names everything that is wrong
   */
  public static NormalizerConfig parse(Map<String, String> given) {
    Settings settings = Settings.parse(definition(), given);
    WindowLimits windows = windowLimits(settings);
    return new NormalizerConfig(
        settings.kafkaClient(),
        settings.topicPrefix(),
        // as given: Kafka trims settings, and a prefix mostly ends in a blank
        logSettings(settings, given.getOrDefault(LOG_LINE_PREFIX, "")),
        new FlowSettings(
            new SourceSettings(
                settings.duration(QUIET_TIME), settings.duration(SOURCE_RETENTION), windows),
            settings.duration(WINDOW_GRACE),
            settings.duration(WINDOW_RETENTION),
            new WindowCaps(
                settings.integer(PARTIALS_MAX),
                settings.longInteger(PARTIALS_MAX_BYTES),
                settings.integer(FINGERPRINTS_MAX)),
            shorter(HAND_ON_INTERVAL, settings.duration(COMMIT_INTERVAL))),
        settings.duration(COMMIT_INTERVAL),
        settings.integer(THREADS),
        settings.text(STATE_DIR),
        settings.integer(Settings.METRICS_PORT));
  }

  /** Kafka's name for the stage: consumer group, and what its internal topics begin with. */
  public String applicationId() {
    return topicPrefix + "normalizer";
  }

  /** Settings of Kafka Streams: those passed through, and ours, which cannot be overridden. */
  public StreamsConfig streams() {
    Map<String, Object> streams = new HashMap<>();
    streams.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, CACHE_BYTES);
    // of the logs these are packs, large ones; few are enough to have the next one at hand
    streams.put(StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG, BUFFERED_RECORDS);
    streams.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, -1);
    streams.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_TIMEOUT_MS);
    streams.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, POLLED_RECORDS);
    streams.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    streams.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
    streams.put(
        StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG),
        (int) Math.max(TRANSACTION_TIMEOUT_MS, 2 * commitInterval.toMillis()));
    streams.putAll(kafkaClient);
    streams.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId());
    streams.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    streams.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
    streams.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, commitInterval.toMillis());
    streams.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, threads);
    streams.put(StreamsConfig.STATE_DIR_CONFIG, stateFolder);
    streams.put(
        StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), MAX_RECORD_BYTES);
    // a source's pending entry travels in one record of its changelog
    streams.put(StreamsConfig.topicPrefix(TopicConfig.MAX_MESSAGE_BYTES_CONFIG), MAX_RECORD_BYTES);
    return new StreamsConfig(streams);
  }

  private static void defineLog(ConfigDef definition) {
    LogSettings defaults = LogSettings.defaults();
    definition
        .define(
            LOG_LINE_PREFIX,
            ConfigDef.Type.STRING,
            "",
            ConfigDef.Importance.MEDIUM,
            "The servers' log_line_prefix, blanks at its ends included; empty to detect it for each"
                + " source.")
        .define(
            LOG_ENVELOPE,
            ConfigDef.Type.STRING,
            EnvelopeReader.AUTO,
            ConfigDef.ValidString.in(EnvelopeReader.names().toArray(String[]::new)),
            ConfigDef.Importance.LOW,
            "What shippers put around the lines: auto to recognise it line by line, or the outermost"
                + " envelope of all sources; what is inside it is recognised.")
        .define(
            LOG_TIMEZONE,
            ConfigDef.Type.STRING,
            "",
            zone(),
            ConfigDef.Importance.MEDIUM,
            "The servers' log_timezone; empty to go by the abbreviations in the log.")
        .define(
            ENTRY_MAX_BYTES,
            ConfigDef.Type.INT,
            defaults.maxEntryBytes(),
            ConfigDef.Range.between(1024, 4 * 1024 * 1024),
            ConfigDef.Importance.LOW,
            "A longer log entry is not read; it becomes a dead letter.")
        .define(
            QUIET_TIME,
            ConfigDef.Type.STRING,
            "PT3S",
            Settings.duration(),
            ConfigDef.Importance.MEDIUM,
            "A source that has been silent for so long has finished its last entry.")
        .define(
            SOURCE_RETENTION,
            ConfigDef.Type.STRING,
            "P7D",
            Settings.duration(),
            ConfigDef.Importance.LOW,
            "A source that has been silent for so long is forgotten, and how far its files were"
                + " read.");
  }

  private static void defineWindows(ConfigDef definition) {
    WindowLimits defaults = WindowLimits.DEFAULT;
    definition
        .define(
            WINDOW_SIZE,
            ConfigDef.Type.STRING,
            defaults.size().toString(),
            positiveDuration(),
            ConfigDef.Importance.LOW,
            "Executions are added up over windows of this much event time.")
        .define(
            WINDOW_GRACE,
            ConfigDef.Type.STRING,
            "PT10S",
            Settings.duration(),
            ConfigDef.Importance.LOW,
            "How far event time must go on past a window's end before the window is handed on.")
        .define(
            WINDOW_RETENTION,
            ConfigDef.Type.STRING,
            "PT1H",
            Settings.duration(),
            ConfigDef.Importance.LOW,
            "A window to which nothing was added for so long is finished; what comes later is a"
                + " record of its own.")
        .define(
            PARTIALS_MAX,
            ConfigDef.Type.INT,
            WindowCaps.DEFAULT.windows(),
            ConfigDef.Range.atLeast(1),
            ConfigDef.Importance.LOW,
            "Windows that one task adds to at a time; beyond it the oldest are handed on early.")
        .define(
            PARTIALS_MAX_BYTES,
            ConfigDef.Type.LONG,
            WindowCaps.DEFAULT.bytes(),
            ConfigDef.Range.atLeast(1),
            ConfigDef.Importance.LOW,
            "Memory that they take, about; beyond it the oldest are handed on early.")
        .define(
            FINGERPRINTS_MAX,
            ConfigDef.Type.INT,
            WindowCaps.DEFAULT.fingerprints(),
            ConfigDef.Range.atLeast(1),
            ConfigDef.Importance.LOW,
            "Different statements of one database in one window that one task tells apart; the"
                + " calls of more are added up as one.")
        .define(
            SAMPLES,
            ConfigDef.Type.STRING,
            FULL,
            ConfigDef.ValidString.in(FULL, HASHED, OFF),
            ConfigDef.Importance.HIGH,
            "Whether windows carry statements, parameters and plans as logged (full), normalized"
                + " statements with a keyed hash of each value, which no planner can use (hashed),"
                + " or none (off).")
        .define(
            SAMPLES_HASH_KEY,
            ConfigDef.Type.PASSWORD,
            null,
            ConfigDef.Importance.MEDIUM,
            "Secret that values are hashed with, the same for all instances; needed where samples"
                + " are hashed.")
        .define(
            SAMPLES_MAX,
            ConfigDef.Type.INT,
            defaults.samples(),
            ConfigDef.Range.between(0, WindowLimits.MAX_SAMPLES),
            ConfigDef.Importance.LOW,
            "Most samples of a window.")
        .define(
            SAMPLE_MAX_LENGTH,
            ConfigDef.Type.INT,
            defaults.sampleLength(),
            ConfigDef.Range.between(0, WindowLimits.MAX_SAMPLE_LENGTH),
            ConfigDef.Importance.LOW,
            "A statement longer than this with its parameters gives no sample; bytes.")
        .define(
            PLAN_MAX_LENGTH,
            ConfigDef.Type.INT,
            defaults.planLength(),
            ConfigDef.Range.between(0, WindowLimits.MAX_PLAN_LENGTH),
            ConfigDef.Importance.LOW,
            "A plan of auto_explain that is longer than this is counted but not kept; bytes; 0 keeps"
                + " none.")
        .define(
            TEXT_MAX_LENGTH,
            ConfigDef.Type.INT,
            defaults.textLength(),
            ConfigDef.Range.between(1, WindowLimits.MAX_TEXT_LENGTH),
            ConfigDef.Importance.LOW,
            "A normalized statement is cut after this many characters.");
  }

  private static void defineRunning(ConfigDef definition) {
    definition
        .define(
            COMMIT_INTERVAL,
            ConfigDef.Type.STRING,
            "PT5S",
            positiveDuration(),
            ConfigDef.Importance.LOW,
            "How often work is committed when no window is handed on, else sooner; after a crash that"
                + " much is read again.")
        .define(
            THREADS,
            ConfigDef.Type.INT,
            1,
            ConfigDef.Range.between(1, 64),
            ConfigDef.Importance.MEDIUM,
            "Threads of this instance; more than the logs topic has partitions are of no use.")
        .define(
            STATE_DIR,
            ConfigDef.Type.STRING,
            "state/normalizer",
            ConfigDef.Importance.MEDIUM,
            "Folder for local state, one per instance; it can be restored from Kafka.");
  }

  private static WindowLimits windowLimits(Settings settings) {
    SampleMode mode = SampleMode.valueOf(settings.text(SAMPLES).toUpperCase(Locale.ROOT));
    String key = settings.secret(SAMPLES_HASH_KEY);
    if (mode == SampleMode.HASHED && key.isEmpty()) {
      throw new ConfigException(SAMPLES_HASH_KEY + " must be set where samples are hashed");
    }
    return new WindowLimits(
        settings.duration(WINDOW_SIZE),
        mode,
        key,
        mode == SampleMode.OFF ? 0 : settings.integer(SAMPLES_MAX),
        settings.integer(SAMPLE_MAX_LENGTH),
        settings.integer(TEXT_MAX_LENGTH),
        settings.integer(PLAN_MAX_LENGTH));
  }

  private static LogSettings logSettings(Settings settings, String prefix) {
    LogSettings defaults = LogSettings.defaults();
    return new LogSettings(
            null,
            null,
            settings.integer(ENTRY_MAX_BYTES),
            defaults.maxPendingBackends(),
            defaults.maxPendingBytes(),
            defaults.quietTime())
        .withEnvelope(settings.text(LOG_ENVELOPE))
        .withPrefix(prefix.isBlank() ? null : prefix)
        .withZone(
            settings.text(LOG_TIMEZONE).isEmpty() ? null : ZoneId.of(settings.text(LOG_TIMEZONE)));
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }

  private static ConfigDef.Validator zone() {
    return ConfigDef.LambdaValidator.with(
        (name, value) -> {
          try {
            if (!String.valueOf(value).isEmpty()) {
              ZoneId.of(String.valueOf(value));
            }
          } catch (DateTimeException e) {
            throw new ConfigException(name, value, "is not a time zone like Europe/Berlin");
          }
        },
        () -> "time zone, or empty");
  }

  private static ConfigDef.Validator positiveDuration() {
    return ConfigDef.LambdaValidator.with(
        (name, value) -> {
          Settings.duration().ensureValid(name, value);
          if (Duration.parse(String.valueOf(value)).toMillis() < 1) {
            throw new ConfigException(name, value, "must be at least a millisecond");
          }
        },
        () -> "ISO-8601 duration of at least a millisecond");
  }
}
