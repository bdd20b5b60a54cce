package dev.logdex.recommender;

import static java.util.Objects.requireNonNull;

import dev.logdex.recommender.http.PageConfig;
import dev.logdex.recommender.lifecycle.Hysteresis;
import dev.logdex.recommender.recommendation.Limits;
import dev.logdex.recommender.selection.SelectorChoice;
import dev.logdex.recommender.selection.StorageBudget;
import dev.logdex.recommender.selection.Thresholds;
import dev.logdex.recommender.upkeep.UpkeepPolicy;
import dev.logdex.recommender.usage.UsageSource;
import dev.logdex.runtime.Settings;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/**
 * Settings of the recommender.
 *
 * @param kafkaClient what clients are opened with, as passed through
 * @param thresholds what an index must bring
 * @param selectors which selector a table gets
 * @param budget what all new indexes of a database may take
 * @param savingChange share by which a recommendation's total saving must change to be told again
 * @param hysteresis how long advice has to win and to lose
 * @param archiveBytes of table analyses that are kept at hand, packed
 * @param limits what keeps an event small
 * @param upkeep what other advice is given
 * @param usageSources where production's figures come from
 * @param usageInterval between two readings of them
 * @param page where it is served and who may decide on it
 * @param eventSource of the CloudEvents
 * @param metricsPort -1 for none
 */
public record RecommenderConfig(
    Map<String, Object> kafkaClient,
    String topicPrefix,
    Thresholds thresholds,
    SelectorChoice selectors,
    StorageBudget budget,
    double savingChange,
    Hysteresis hysteresis,
    long archiveBytes,
    Limits limits,
    UpkeepPolicy upkeep,
    List<UsageSource> usageSources,
    Duration usageInterval,
    PageConfig page,
    URI eventSource,
    int metricsPort) {
  private static final String MIN_IMPROVEMENT = "min.improvement";
  private static final String MIN_STATEMENT_IMPROVEMENT = "min.statement.improvement";
  private static final String MAX_SLOWDOWN = "max.slowdown";
  private static final String CACHE_RISK = "cache.risk";
  private static final String TABLE_ROWS_MIN = "table.rows.min";
  private static final String SAVING_CHANGE = "saving.change";
  private static final String ROUNDS_TO_PROPOSE = "rounds.to.propose";
  private static final String ROUNDS_TO_WITHDRAW = "rounds.to.withdraw";
  private static final String ANALYSES_KEPT_BYTES = "analyses.kept.bytes";
  private static final String QUERIES_MAX = "queries.max";
  private static final String QUERY_MAX_LENGTH = "query.max.length";
  private static final String EVENT_SOURCE = "event.source";

  public RecommenderConfig {
    kafkaClient = Map.copyOf(kafkaClient);
    requireNonNull(topicPrefix, "topicPrefix");
    requireNonNull(thresholds, "thresholds");
    requireNonNull(selectors, "selectors");
    requireNonNull(budget, "budget");
    requireNonNull(hysteresis, "hysteresis");
    requireNonNull(limits, "limits");
    requireNonNull(upkeep, "upkeep");
    usageSources = List.copyOf(usageSources);
    requireNonNull(usageInterval, "usageInterval");
    requireNonNull(page, "page");
    requireNonNull(eventSource, "eventSource");
  }

  /** Every setting of the stage, with its default. */
  public static ConfigDef definition() {
    return PageSettings.define(UpkeepSettings.define(SelectionSettings.define(Settings.base())))
        .define(
            MIN_IMPROVEMENT,
            ConfigDef.Type.DOUBLE,
            Thresholds.DEFAULT.minImprovement(),
            ConfigDef.Range.between(0, 1),
            ConfigDef.Importance.MEDIUM,
            "Share of a scan's cost that an index must save to count for the scan.")
        .define(
            MIN_STATEMENT_IMPROVEMENT,
            ConfigDef.Type.DOUBLE,
            Thresholds.DEFAULT.minStatementImprovement(),
            ConfigDef.Range.between(0, 1),
            ConfigDef.Importance.MEDIUM,
            "Share of a whole statement's cost that an index must save for at least one statement.")
        .define(
            TABLE_ROWS_MIN,
            ConfigDef.Type.LONG,
            Thresholds.DEFAULT.minTableRows(),
            ConfigDef.Range.atLeast(0),
            ConfigDef.Importance.MEDIUM,
            "Tables with fewer rows get no index.")
        .define(
            MAX_SLOWDOWN,
            ConfigDef.Type.DOUBLE,
            Thresholds.DEFAULT.maxSlowdown(),
            ConfigDef.Range.atLeast(0),
            ConfigDef.Importance.MEDIUM,
            "Share by which an index may make any statement dearer.")
        .define(
            CACHE_RISK,
            ConfigDef.Type.DOUBLE,
            Thresholds.DEFAULT.cacheRisk(),
            ConfigDef.Range.atLeast(0),
            ConfigDef.Importance.LOW,
            "Share of a statement's cost that counts against an index which the planner would use"
                + " for it only as long as most pages are cached.")
        .define(
            SAVING_CHANGE,
            ConfigDef.Type.DOUBLE,
            0.25,
            ConfigDef.Range.atLeast(0.01),
            ConfigDef.Importance.LOW,
            "Share by which a recommendation's total saving must change to be told again.")
        .define(
            ROUNDS_TO_PROPOSE,
            ConfigDef.Type.INT,
            Hysteresis.DEFAULT.toPropose(),
            ConfigDef.Range.between(1, 1000),
            ConfigDef.Importance.MEDIUM,
            "Analyses of a table in a row that must ask for an index until it is proposed; each has"
                + " newer evidence than the one before.")
        .define(
            ROUNDS_TO_WITHDRAW,
            ConfigDef.Type.INT,
            Hysteresis.DEFAULT.toWithdraw(),
            ConfigDef.Range.between(1, 1000),
            ConfigDef.Importance.MEDIUM,
            "Analyses of a table in a row that must not ask for an index any more until it is"
                + " withdrawn.")
        .define(
            ANALYSES_KEPT_BYTES,
            ConfigDef.Type.LONG,
            256L * 1024 * 1024,
            ConfigDef.Range.atLeast(0),
            ConfigDef.Importance.LOW,
            "Memory for the newest analyses of all tables, packed, as the page shows them; what does"
                + " not fit is not shown.")
        .define(
            QUERIES_MAX,
            ConfigDef.Type.INT,
            Limits.DEFAULT.queries(),
            ConfigDef.Range.between(1, 200),
            ConfigDef.Importance.LOW,
            "Most queries that a recommendation lists; how many gain in all is told beside them.")
        .define(
            QUERY_MAX_LENGTH,
            ConfigDef.Type.INT,
            Limits.DEFAULT.textLength(),
            ConfigDef.Range.between(100, 4_000),
            ConfigDef.Importance.LOW,
            "A longer query is cut in a recommendation; characters.")
        .define(
            EVENT_SOURCE,
            ConfigDef.Type.STRING,
            "urn:logdex:recommender",
            uri(),
            ConfigDef.Importance.LOW,
            "The source attribute of the CloudEvents, a URI.");
  }

  /**
   * Reads the settings.
   *
   * @throws ConfigException that names everything that is wrong
   */
  public static RecommenderConfig parse(Map<String, String> given) {
    Settings settings = Settings.parse(definition(), given);
    return new RecommenderConfig(
        settings.kafkaClient(),
        settings.topicPrefix(),
        new Thresholds(
            settings.real(MIN_IMPROVEMENT),
            settings.real(MIN_STATEMENT_IMPROVEMENT),
            settings.longInteger(TABLE_ROWS_MIN),
            settings.real(MAX_SLOWDOWN),
            settings.real(CACHE_RISK)),
        SelectionSettings.of(settings),
        SelectionSettings.budget(settings),
        settings.real(SAVING_CHANGE),
        new Hysteresis(settings.integer(ROUNDS_TO_PROPOSE), settings.integer(ROUNDS_TO_WITHDRAW)),
        settings.longInteger(ANALYSES_KEPT_BYTES),
        new Limits(settings.integer(QUERIES_MAX), settings.integer(QUERY_MAX_LENGTH)),
        UpkeepSettings.policy(settings),
        UpkeepSettings.usageSources(settings),
        UpkeepSettings.usageInterval(settings),
        PageSettings.of(settings),
        URI.create(settings.text(EVENT_SOURCE)),
        settings.integer(Settings.METRICS_PORT));
  }

  private static ConfigDef.Validator uri() {
    return ConfigDef.LambdaValidator.with(
        (name, value) -> {
          try {
            if (new URI(String.valueOf(value)).toString().isEmpty()) {
              throw new ConfigException(name, value, "must not be empty");
            }
          } catch (URISyntaxException e) {
            throw new ConfigException(name, value, "is not a URI");
          }
        },
        () -> "URI");
  }
}
