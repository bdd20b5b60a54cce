package dev.logdex.deploy;

import dev.logdex.ingest.IngestConfig;
import java.util.Locale;
import org.apache.kafka.common.config.ConfigDef;

/** The stages, in the order in which data passes them. */
enum StageName {
  INGEST("Ships log files and standard input to Kafka.") {
    @Override
    ConfigDef definition() {
      return IngestConfig.definition();
    }
  };

  private final String summary;

  StageName(String summary) {
    this.summary = summary;
  }

  /** Every setting that the stage knows, without those that go to Kafka's clients. */
  abstract ConfigDef definition();

  String summary() {
    return summary;
  }

  /** The word for it in commands and documentation. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
