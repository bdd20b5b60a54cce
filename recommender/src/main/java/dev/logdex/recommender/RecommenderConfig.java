package dev.logdex.recommender;

import static java.util.Objects.requireNonNull;

import dev.logdex.recommender.recommendation.Limits;
import dev.logdex.recommender.selection.SelectorChoice;
import dev.logdex.recommender.selection.Thresholds;
import dev.logdex.runtime.Settings;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/**
 * Settings of the recommender.
 *
 * @param kafkaClient what clients are opened with, as passed through
 * @param thresholds what an index must bring
 * @param selectors which selector a table gets
 * @param savingChange share by which a recommendation's total saving must change to be told again
 * @param limits what keeps an event small
 * @param eventSource of the CloudEvents
 * @param metricsPort -1 for none
 */
public record RecommenderConfig(
    Map<String, Object> kafkaClient,
    String topicPrefix,
    Thresholds thresholds,
    SelectorChoice selectors,
    double savingChange,
    Limits limits,
    URI eventSource,
    int metricsPort) {
  private static final String MIN_IMPROVEMENT = "min.improvement";
  private static final String MIN_STATEMENT_IMPROVEMENT = "min.statement.improvement";
  private static final String MAX_SLOWDOWN = "max.slowdown";
  private static final String TABLE_ROWS_MIN = "table.rows.min";
  private static final String SAVING_CHANGE = "saving.change";
  private static final String QUERIES_MAX = "queries.max";
  private static final String QUERY_MAX_LENGTH = "query.max.length";
  private static final String EVENT_SOURCE = "event.source";

  public RecommenderConfig {
    kafkaClient = Map.copyOf(kafkaClient);
    requireNonNull(topicPrefix, "topicPrefix");
    requireNonNull(thresholds, "thresholds");
    requireNonNull(selectors, "selectors");
    requireNonNull(limits, "limits");
    requireNonNull(eventSource, "eventSource");
  }

  /** Every setting of the stage, with its default. */
  public static ConfigDef definition() {
    return SelectionSettings.define(Settings.base())
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
            SAVING_CHANGE,
            ConfigDef.Type.DOUBLE,
            0.25,
            ConfigDef.Range.atLeast(0.01),
            ConfigDef.Importance.LOW,
            "Share by which a recommendation's total saving must change to be told again.")
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
            settings.real(MAX_SLOWDOWN)),
        SelectionSettings.of(settings),
        settings.real(SAVING_CHANGE),
        new Limits(settings.integer(QUERIES_MAX), settings.integer(QUERY_MAX_LENGTH)),
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
