package dev.logdex.recommender;

import static java.util.stream.Collectors.toCollection;

import dev.logdex.recommender.postgres.NodeAddress;
import dev.logdex.recommender.postgres.PostgresUsage;
import dev.logdex.recommender.prometheus.PrometheusUsage;
import dev.logdex.recommender.upkeep.Finding;
import dev.logdex.recommender.upkeep.UpkeepPolicy;
import dev.logdex.recommender.usage.UsageSource;
import dev.logdex.runtime.Settings;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;

/** The settings of advice other than a new index, and of where production's figures come from. */
public final class UpkeepSettings {
  private static final String ADVICE = "upkeep.advice";
  private static final String MAX_SLOWDOWN = "upkeep.max.slowdown";
  private static final String UNUSED_MIN_AGE = "unused.min.age";
  private static final String UNUSED_MIN_BYTES = "unused.min.bytes";
  private static final String BLOAT_FACTOR = "bloat.factor.min";
  private static final String BLOAT_MIN_BYTES = "bloat.min.bytes";
  private static final String VISIBILITY_MIN = "visibility.min";
  private static final String STATISTICS_MAX_AGE = "statistics.max.age";
  private static final String USAGE_DATABASES = "usage.databases";
  private static final String USAGE_PROMETHEUS = "usage.prometheus.url";
  private static final String USAGE_SELECTOR = "usage.prometheus.selector";
  private static final String USAGE_INTERVAL = "usage.interval";
  private static final String USAGE_TIMEOUT = "usage.timeout";

  private UpkeepSettings() {}

  /** Adds the settings to a definition. */
  public static ConfigDef define(ConfigDef definition) {
    return sources(thresholds(definition));
  }

  private static ConfigDef thresholds(ConfigDef definition) {
    UpkeepPolicy standard = UpkeepPolicy.DEFAULT;
    return definition
        .define(
            ADVICE,
            ConfigDef.Type.LIST,
            Arrays.stream(Finding.values()).map(Finding::word).toList(),
            findings(),
            ConfigDef.Importance.MEDIUM,
            "What is looked for beside new indexes; empty for nothing.")
        .define(
            MAX_SLOWDOWN,
            ConfigDef.Type.DOUBLE,
            standard.maxSlowdown(),
            ConfigDef.Range.atLeast(0),
            ConfigDef.Importance.LOW,
            "Share by which a scan may become dearer when an index is dropped.")
        .define(
            UNUSED_MIN_AGE,
            ConfigDef.Type.STRING,
            standard.unusedMinAge().toString(),
            duration(),
            ConfigDef.Importance.MEDIUM,
            "For how long no node of production may have read an index that is called unused.")
        .define(
            UNUSED_MIN_BYTES,
            ConfigDef.Type.LONG,
            standard.unusedMinBytes(),
            ConfigDef.Range.atLeast(0),
            ConfigDef.Importance.LOW,
            "Unused indexes of at most so many bytes are left alone.")
        .define(
            BLOAT_FACTOR,
            ConfigDef.Type.DOUBLE,
            standard.bloatFactor(),
            ConfigDef.Range.atLeast(1.2),
            ConfigDef.Importance.LOW,
            "How many times its due size an index takes in production to be worth rebuilding.")
        .define(
            BLOAT_MIN_BYTES,
            ConfigDef.Type.LONG,
            standard.bloatMinBytes(),
            ConfigDef.Range.atLeast(0),
            ConfigDef.Importance.LOW,
            "Bytes that rebuilding an index must free at least.")
        .define(
            VISIBILITY_MIN,
            ConfigDef.Type.DOUBLE,
            standard.lowVisibility(),
            ConfigDef.Range.between(0, 1),
            ConfigDef.Importance.LOW,
            "Share of all-visible pages in production from which on VACUUM is not advised.")
        .define(
            STATISTICS_MAX_AGE,
            ConfigDef.Type.STRING,
            standard.statisticsMaxAge().toString(),
            duration(),
            ConfigDef.Importance.LOW,
            "Statistics of a table in production that are younger are not called old.");
  }

  private static ConfigDef sources(ConfigDef definition) {
    return definition
        .define(
            USAGE_DATABASES,
            ConfigDef.Type.PASSWORD,
            null,
            nodes(),
            ConfigDef.Importance.MEDIUM,
            "Every node of the production databases, primaries and replicas, to read their counters"
                + " of index use from: [NAME=]postgresql://user:password@host:port/database,"
                + " comma-separated. NAME is the database in the log.")
        .define(
            USAGE_PROMETHEUS,
            ConfigDef.Type.PASSWORD,
            null,
            address(),
            ConfigDef.Importance.MEDIUM,
            "A Prometheus that has pg_stat_user_indexes_idx_scan of every node; its address.")
        .define(
            USAGE_SELECTOR,
            ConfigDef.Type.STRING,
            "",
            ConfigDef.Importance.LOW,
            "Labels of the series to read from Prometheus, such as env=\"prod\".")
        .define(
            USAGE_INTERVAL,
            ConfigDef.Type.STRING,
            "PT1H",
            duration(),
            ConfigDef.Importance.LOW,
            "How often production's counters are read; ISO-8601.")
        .define(
            USAGE_TIMEOUT,
            ConfigDef.Type.STRING,
            "PT30S",
            duration(),
            ConfigDef.Importance.LOW,
            "How long a node may take to answer; ISO-8601.");
  }

  /** What advice is given. */
  public static UpkeepPolicy policy(Settings settings) {
    Set<Finding> kinds =
        settings.list(ADVICE).stream()
            .map(UpkeepSettings::finding)
            .collect(toCollection(() -> EnumSet.noneOf(Finding.class)));
    return new UpkeepPolicy(
        kinds,
        settings.duration(UNUSED_MIN_AGE),
        settings.longInteger(UNUSED_MIN_BYTES),
        settings.real(MAX_SLOWDOWN),
        settings.real(BLOAT_FACTOR),
        settings.longInteger(BLOAT_MIN_BYTES),
        settings.real(VISIBILITY_MIN),
        settings.duration(STATISTICS_MAX_AGE));
  }

  /** Where production's figures come from; empty when no place is configured. */
  public static List<UsageSource> usageSources(Settings settings) {
    Duration timeout = settings.duration(USAGE_TIMEOUT);
    List<UsageSource> sources = new ArrayList<>();
    List<NodeAddress> nodes = NodeAddress.parseAll(settings.secret(USAGE_DATABASES));
    if (!nodes.isEmpty()) {
      sources.add(new PostgresUsage(nodes, timeout));
    }
    String prometheus = settings.secret(USAGE_PROMETHEUS);
    if (!prometheus.isBlank()) {
      sources.add(
          new PrometheusUsage(
              URI.create(prometheus.strip()),
              settings.text(USAGE_SELECTOR).strip(),
              settings.duration(UNUSED_MIN_AGE),
              timeout));
    }
    return sources;
  }

  /** How often they are read. */
  public static Duration usageInterval(Settings settings) {
    return settings.duration(USAGE_INTERVAL);
  }

  private static Finding finding(String word) {
    return Arrays.stream(Finding.values())
        .filter(each -> each.word().equals(word.strip()))
        .findFirst()
        .orElseThrow(() -> new ConfigException(ADVICE, word, "is no kind of advice"));
  }

  private static ConfigDef.Validator findings() {
    return ConfigDef.LambdaValidator.with(
        (name, value) -> ((List<?>) value).forEach(each -> finding(String.valueOf(each))),
        () -> String.join(", ", Arrays.stream(Finding.values()).map(Finding::word).toList()));
  }

  private static ConfigDef.Validator duration() {
    ConfigDef.Validator duration = Settings.duration();
    return ConfigDef.LambdaValidator.with(
        (name, value) -> {
          duration.ensureValid(name, value);
          if (Duration.parse(String.valueOf(value)).toSeconds() < 1) {
            throw new ConfigException(name, value, "must be a second at least");
          }
        },
        () -> "ISO-8601 duration");
  }

  /** Messages hold nothing of the value, which holds passwords. */
  private static ConfigDef.Validator nodes() {
    return ConfigDef.LambdaValidator.with(
        (name, value) -> {
          try {
            NodeAddress.parseAll(value == null ? "" : ((Password) value).value());
          } catch (IllegalArgumentException e) {
            throw new ConfigException(
                "Invalid value for configuration " + name + ": " + e.getMessage());
          }
        },
        () -> "list of nodes");
  }

  private static ConfigDef.Validator address() {
    return ConfigDef.LambdaValidator.with(
        (name, value) -> {
          String given = value == null ? "" : ((Password) value).value().strip();
          if (!given.isEmpty() && !given.matches("https?://[^\\s/?#]+(?:/[^\\s?#]*)?")) {
            throw new ConfigException(
                "Invalid value for configuration " + name + ": is not an http or https address");
          }
        },
        () -> "http or https address");
  }
}
