package dev.logdex.deploy;

import dev.logdex.analyzer.Analyzer;
import dev.logdex.analyzer.AnalyzerConfig;
import dev.logdex.ingest.IngestConfig;
import dev.logdex.ingest.IngestService;
import dev.logdex.normalizer.Normalizer;
import dev.logdex.normalizer.NormalizerConfig;
import dev.logdex.recommender.Recommender;
import dev.logdex.recommender.RecommenderConfig;
import dev.logdex.recommender.Webhook;
import dev.logdex.recommender.WebhookConfig;
import dev.logdex.runtime.Settings;
import dev.logdex.runtime.Stage;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;

/** The stages, in the order in which data passes them. */
enum StageName {
  INGEST("Ships log files and standard input to Kafka, and listens for logs.") {
    @Override
    ConfigDef definition() {
      return IngestConfig.definition();
    }

    @Override
    Stage open(Map<String, String> settings) {
      return new IngestService(IngestConfig.parse(settings), Clock.systemUTC());
    }
  },
  NORMALIZER("Turns raw log lines into statements, counted by windows of time.") {
    @Override
    ConfigDef definition() {
      return NormalizerConfig.definition();
    }

    @Override
    Stage open(Map<String, String> settings) {
      return new Normalizer(NormalizerConfig.parse(settings));
    }
  },
  ANALYZER("Plans the statements on analysis databases and tries indexes for them.") {
    @Override
    ConfigDef definition() {
      return AnalyzerConfig.definition();
    }

    @Override
    Stage open(Map<String, String> settings) {
      return new Analyzer(AnalyzerConfig.of(Settings.parse(AnalyzerConfig.definition(), settings)));
    }
  },
  RECOMMENDER("Chooses among the indexes that were tried, and publishes recommendations.") {
    @Override
    ConfigDef definition() {
      return RecommenderConfig.definition();
    }

    @Override
    Stage open(Map<String, String> settings) {
      return new Recommender(RecommenderConfig.parse(settings), Clock.systemUTC());
    }
  },
  WEBHOOK("Hands recommendations over by HTTP: to a receiver, a chat or a ticket system.") {
    @Override
    ConfigDef definition() {
      return WebhookConfig.definition();
    }

    @Override
    Stage open(Map<String, String> settings) {
      return new Webhook(WebhookConfig.parse(settings));
    }
  };

  private final String summary;

  StageName(String summary) {
    this.summary = summary;
  }

  /** Every setting that the stage knows, without those that go to Kafka's clients. */
  abstract ConfigDef definition();

  /**
   * The stage with these settings, not started yet.
   *
   * @throws org.apache.kafka.common.config.ConfigException that names everything that is wrong
   */
  abstract Stage open(Map<String, String> settings);

  String summary() {
    return summary;
  }

  /** The word for it in commands and documentation. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
