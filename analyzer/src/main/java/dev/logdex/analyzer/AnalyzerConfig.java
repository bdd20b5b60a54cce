package dev.logdex.analyzer;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toSet;

import dev.logdex.analyzer.database.DatabaseAddress;
import dev.logdex.analyzer.database.DatabaseMapping;
import dev.logdex.analyzer.database.SearchPaths;
import dev.logdex.analyzer.postgres.BuildLimits;
import dev.logdex.analyzer.postgres.Timeouts;
import dev.logdex.analyzer.workload.WorkloadFilter;
import dev.logdex.runtime.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * The analyzer's settings.
 *
 * @param kafkaClient what every Kafka client is opened with
 * @param topicPrefix of all topics, and of the consumer group and the transactional id
 * @param databases the analysis databases; private, since they hold passwords
 * @param disposableCopies names of those databases that indexes may be built on, in transactions
 *     that are rolled back
 * @param builds what such a build may take
 * @param lookBack how far back, by event time, windows count
 * @param roundSettle how long no new window may come before a round begins
 * @param roundMaxDelay after which a round begins although windows still come
 * @param timeouts of the analysis databases
 * @param limits of the analysis
 * @param filter which statements are planned at all
 * @param searchPaths where names without a schema are looked up
 * @param metricsPort -1 for none
 */
public record AnalyzerConfig(
    Map<String, Object> kafkaClient,
    String topicPrefix,
    List<DatabaseAddress> databases,
    Set<String> disposableCopies,
    BuildLimits builds,
    Duration lookBack,
    Duration roundSettle,
    Duration roundMaxDelay,
    Timeouts timeouts,
    Limits limits,
    WorkloadFilter filter,
    SearchPaths searchPaths,
    int metricsPort) {
  public static final String DATABASES = "databases";
  public static final String DISPOSABLE_COPIES = "disposable.copies";
  public static final String BUILD_TIMEOUT = "build.timeout";
  public static final String BUILD_TABLE_BYTES_MAX = "build.table.bytes.max";
  public static final String LOOK_BACK = "look.back";
  public static final String ROUND_SETTLE = "round.settle";
  public static final String ROUND_MAX_DELAY = "round.max.delay";
  public static final String STATEMENT_TIMEOUT = "statement.timeout";
  public static final String LOCK_TIMEOUT = "lock.timeout";
  public static final String SAMPLES_MAX = "samples.max";
  public static final String SEARCH_PATHS = "search.paths";
  public static final String CALLS_MIN = "calls.min";
  public static final String MEAN_TIME_MIN = "mean.time.min";
  public static final String TOTAL_TIME_MIN = "total.time.min";
  public static final String STATEMENTS_MAX = "statements.max";
  public static final String TABLE_ROWS_MIN = "table.rows.min";
  public static final String CANDIDATES_MAX = "candidates.max";
  public static final String WHAT_IFS_REMEMBERED_MAX = "what.ifs.remembered.max";
  public static final String PLANS_REMEMBERED_BYTES_MAX = "plans.remembered.bytes.max";
  public static final String WHAT_IFS_TIME_MAX = "what.ifs.time.max";
  public static final String BUILD_ROUND_TIME_MAX = "build.round.time.max";
  public static final String SESSIONS = "sessions";

  public AnalyzerConfig {
    kafkaClient = Map.copyOf(kafkaClient);
    requireNonNull(topicPrefix, "topicPrefix");
    databases = List.copyOf(databases);
    disposableCopies = Set.copyOf(disposableCopies);
    requireNonNull(builds, "builds");
    requireNonNull(lookBack, "lookBack");
    requireNonNull(roundSettle, "roundSettle");
    requireNonNull(roundMaxDelay, "roundMaxDelay");
    requireNonNull(timeouts, "timeouts");
    requireNonNull(limits, "limits");
    requireNonNull(filter, "filter");
    requireNonNull(searchPaths, "searchPaths");
  }

  /**
   * What bounds work and memory.
   *
   * @param samples to plan a statement with
   * @param statements of a round; those with the most calls stay
   * @param smallTableRows below it no index is asked about
   * @param candidates of a table
   * @param whatIfsRemembered from round to round
   * @param planBytesRemembered from round to round
   * @param whatIfTime of a statement in a round
   * @param sessions of an analysis database, at once
   */
  public record Limits(
      int samples,
      int statements,
      long smallTableRows,
      int candidates,
      int whatIfsRemembered,
      long planBytesRemembered,
      Duration whatIfTime,
      int sessions) {}

  /** What indexes may be built on the database; null when none may. */
  public @Nullable BuildLimits buildsOn(DatabaseAddress address) {
    return disposableCopies.contains(name(address)) ? builds : null;
  }

  /** What the settings call a database. */
  public static String name(DatabaseAddress address) {
    return Objects.requireNonNullElse(address.logName(), address.database());
  }

  /** What can be set, with defaults. */
  public static ConfigDef definition() {
    return bounds(filter(builds(databases(Settings.base()))));
  }

  private static ConfigDef builds(ConfigDef definition) {
    return definition
        .define(
            DISPOSABLE_COPIES,
            ConfigDef.Type.LIST,
            List.of(),
            Importance.MEDIUM,
            "Those of the databases, by their names, that nobody needs as they are: indexes that"
                + " cannot be tried otherwise are built there, in transactions that are rolled"
                + " back.")
        .define(
            BUILD_TIMEOUT,
            ConfigDef.Type.STRING,
            "PT60S",
            Settings.duration(),
            Importance.LOW,
            "Longest time to build one index on a disposable copy.")
        .define(
            BUILD_TABLE_BYTES_MAX,
            ConfigDef.Type.LONG,
            10L * 1024 * 1024 * 1024,
            Range.atLeast(0),
            Importance.LOW,
            "Bytes of the largest table that an index is built on.")
        .define(
            BUILD_ROUND_TIME_MAX,
            ConfigDef.Type.STRING,
            "PT5M",
            Settings.duration(),
            Importance.LOW,
            "Time after which a round builds no further index of a table; the next round goes on.");
  }

  private static ConfigDef databases(ConfigDef definition) {
    return definition
        .define(
            DATABASES,
            ConfigDef.Type.LIST,
            List.of(),
            Importance.HIGH,
            "Analysis databases with HypoPG, comma-separated, each as [NAME=]postgresql://…;"
                + " NAME is the database's name in the log.")
        .define(
            SESSIONS,
            ConfigDef.Type.INT,
            2,
            Range.between(1, 64),
            Importance.MEDIUM,
            "Connections to an analysis database at once; each takes one of the server's cores.")
        .define(
            STATEMENT_TIMEOUT,
            ConfigDef.Type.STRING,
            "PT5S",
            Settings.duration(),
            Importance.MEDIUM,
            "Longest time to plan one statement.")
        .define(
            LOCK_TIMEOUT,
            ConfigDef.Type.STRING,
            "PT1S",
            Settings.duration(),
            Importance.LOW,
            "Longest wait for a lock in the analysis database.")
        .define(
            LOOK_BACK,
            ConfigDef.Type.STRING,
            "PT24H",
            Settings.duration(),
            Importance.MEDIUM,
            "How far back windows count, by the time in the log.")
        .define(
            ROUND_SETTLE,
            ConfigDef.Type.STRING,
            "PT2S",
            Settings.duration(),
            Importance.LOW,
            "A round begins when no new window has come for so long.")
        .define(
            ROUND_MAX_DELAY,
            ConfigDef.Type.STRING,
            "PT30S",
            Settings.duration(),
            Importance.LOW,
            "A round begins at the latest so long after the first new window.");
  }

  private static ConfigDef filter(ConfigDef definition) {
    return definition
        .define(
            SEARCH_PATHS,
            ConfigDef.Type.STRING,
            "",
            Importance.MEDIUM,
            "Schemas in which names without one are looked up, semicolon-separated, each as"
                + " [ROLE@]DATABASE=SCHEMA,…; by itself the analysis database's search_path holds.")
        .define(
            CALLS_MIN,
            ConfigDef.Type.LONG,
            1,
            Range.atLeast(0),
            Importance.MEDIUM,
            "Queries with fewer calls in the look-back are not analysed.")
        .define(
            MEAN_TIME_MIN,
            ConfigDef.Type.STRING,
            "PT0S",
            Settings.duration(),
            Importance.MEDIUM,
            "Queries that take less on average are not analysed.")
        .define(
            TOTAL_TIME_MIN,
            ConfigDef.Type.STRING,
            "PT0S",
            Settings.duration(),
            Importance.LOW,
            "Queries whose calls took less together are not analysed.");
  }

  private static ConfigDef bounds(ConfigDef definition) {
    return definition
        .define(
            SAMPLES_MAX,
            ConfigDef.Type.INT,
            3,
            Range.between(1, 20),
            Importance.LOW,
            "Real forms of a statement to plan it with.")
        .define(
            STATEMENTS_MAX,
            ConfigDef.Type.INT,
            20_000,
            Range.atLeast(1),
            Importance.LOW,
            "Statements of a round; those with the most calls stay.")
        .define(
            TABLE_ROWS_MIN,
            ConfigDef.Type.LONG,
            1_000,
            Range.atLeast(0),
            Importance.MEDIUM,
            "No index is considered for tables with fewer rows.")
        .define(
            CANDIDATES_MAX,
            ConfigDef.Type.INT,
            200,
            Range.atLeast(1),
            Importance.LOW,
            "Candidates of a table that the planner is asked about.")
        .define(
            WHAT_IFS_REMEMBERED_MAX,
            ConfigDef.Type.INT,
            100_000,
            Range.atLeast(0),
            Importance.LOW,
            "Answers of the planner kept in memory for the next round.")
        .define(
            PLANS_REMEMBERED_BYTES_MAX,
            ConfigDef.Type.LONG,
            64L * 1024 * 1024,
            Range.atLeast(0),
            Importance.LOW,
            "Bytes of plans of an analysis database kept in memory for the next round; two plans of"
                + " some kilobytes for each sample of a statement.")
        .define(
            WHAT_IFS_TIME_MAX,
            ConfigDef.Type.STRING,
            "PT30S",
            Settings.duration(),
            Importance.LOW,
            "Longest time in a round to plan one statement under candidates; the next round goes on"
                + " with those that are left.");
  }

  /**
   * Reads the settings.
   *
   * @param settings parsed with {@link #definition}
   * @throws ConfigException when a database's address cannot be read; it does not repeat the
   *     address, which may hold a password
   */
  public static AnalyzerConfig of(Settings settings) {
    List<DatabaseAddress> databases = addresses(settings.list(DATABASES));
    return new AnalyzerConfig(
        settings.kafkaClient(),
        settings.topicPrefix(),
        databases,
        copies(settings.list(DISPOSABLE_COPIES), databases),
        new BuildLimits(
            settings.duration(BUILD_TIMEOUT),
            settings.longInteger(BUILD_TABLE_BYTES_MAX),
            settings.duration(BUILD_ROUND_TIME_MAX)),
        settings.duration(LOOK_BACK),
        settings.duration(ROUND_SETTLE),
        settings.duration(ROUND_MAX_DELAY),
        new Timeouts(settings.duration(STATEMENT_TIMEOUT), settings.duration(LOCK_TIMEOUT)),
        new Limits(
            settings.integer(SAMPLES_MAX),
            settings.integer(STATEMENTS_MAX),
            settings.longInteger(TABLE_ROWS_MIN),
            settings.integer(CANDIDATES_MAX),
            settings.integer(WHAT_IFS_REMEMBERED_MAX),
            settings.longInteger(PLANS_REMEMBERED_BYTES_MAX),
            settings.duration(WHAT_IFS_TIME_MAX),
            settings.integer(SESSIONS)),
        new WorkloadFilter(
            settings.longInteger(CALLS_MIN),
            settings.duration(MEAN_TIME_MIN),
            settings.duration(TOTAL_TIME_MIN)),
        searchPaths(settings.text(SEARCH_PATHS)),
        settings.integer(Settings.METRICS_PORT));
  }

  private static SearchPaths searchPaths(String setting) {
    try {
      return SearchPaths.parse(setting);
    } catch (IllegalArgumentException e) {
      throw new ConfigException("bad settings:\n- " + SEARCH_PATHS + ": " + e.getMessage());
    }
  }

  /** A name that is mistyped must not leave the operator waiting for builds that never come. */
  private static Set<String> copies(List<String> names, List<DatabaseAddress> databases) {
    Set<String> known = databases.stream().map(AnalyzerConfig::name).collect(toSet());
    for (String name : names) {
      if (!known.contains(name)) {
        throw new ConfigException(
            "bad settings:\n- " + DISPOSABLE_COPIES + ": no database is called " + name);
      }
    }
    return Set.copyOf(names);
  }

  private static List<DatabaseAddress> addresses(List<String> entries) {
    List<DatabaseAddress> addresses;
    try {
      addresses = DatabaseAddress.parseAll(entries);
    } catch (IllegalArgumentException e) {
      throw new ConfigException("bad settings:\n- " + DATABASES + ": " + e.getMessage());
    }
    if (!DatabaseMapping.ambiguous(addresses).isEmpty()) {
      throw new ConfigException(
          "bad settings:\n- "
              + DATABASES
              + ": more than one address for "
              + String.join(", ", DatabaseMapping.ambiguous(addresses)));
    }
    return addresses;
  }
}
