package dev.logdex.deploy;

import dev.logdex.runtime.MetricsEndpoint;
import dev.logdex.runtime.Settings;
import dev.logdex.runtime.Stage;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Runs one stage by itself, on a Kafka of the user's, until the process is told to end. */
abstract class StageCommand implements Runnable {
  private final StageName name;

  @Mixin private SettingOptions settings = new SettingOptions();

  StageCommand(StageName name) {
    this.name = name;
  }

  @Override
  public void run() {
    Map<String, String> given = settings.of(name, System.getenv());
    Settings checked = Settings.parse(name.definition(), given);
    KafkaOptions.reach(checked.kafkaClient());
    try (OpenParts parts = new OpenParts()) {
      openMetrics(parts, checked);
      Stage stage = parts.add(name.open(given));
      stage.start();
      logger().info("the {} runs on {}", name.word(), checked.text(Settings.BOOTSTRAP_SERVERS));
      while (!OpenParts.isProcessEnding()) {
        CatchUp.throwFailure(stage);
        Waiting.pause();
      }
    }
  }

  static void openMetrics(OpenParts parts, Settings settings) {
    int port = settings.integer(Settings.METRICS_PORT);
    if (port >= 0) {
      MetricsEndpoint endpoint =
          parts.add(MetricsEndpoint.open(settings.text(Settings.METRICS_ADDRESS), port));
      logger().info("metrics on port {}", endpoint.port());
    }
  }

  private static Logger logger() {
    return LoggerFactory.getLogger(StageCommand.class);
  }

  @Command(
      name = "normalizer",
      description = "Run the normalizer by itself: log lines in, query windows out.",
      footer = {
        "",
        "Example:",
        "  logdex normalizer -s bootstrap.servers=kafka:9092 -s state.dir=/var/lib/logdex"
      })
  static final class OfNormalizer extends StageCommand {
    OfNormalizer() {
      super(StageName.NORMALIZER);
    }
  }

  @Command(
      name = "analyzer",
      description = "Run the analyzer by itself: query windows in, table analyses out.",
      footer = {
        "",
        "Example:",
        "  logdex analyzer --config /etc/logdex.properties -s metrics.port=9102"
      })
  static final class OfAnalyzer extends StageCommand {
    OfAnalyzer() {
      super(StageName.ANALYZER);
    }
  }

  @Command(
      name = "recommender",
      description = "Run the recommender by itself: table analyses in, recommendations out.",
      footer = {"", "Example:", "  LOGDEX_BOOTSTRAP_SERVERS=kafka:9092 logdex recommender"})
  static final class OfRecommender extends StageCommand {
    OfRecommender() {
      super(StageName.RECOMMENDER);
    }
  }

  @Command(
      name = "webhook",
      description = "Hand recommendations over by HTTP: to a receiver, a chat or a ticket system.",
      footer = {
        "",
        "Keep the token out of the command line: the environment or a file can hold it.",
        "",
        "Examples:",
        "  logdex webhook -s webhook.url=https://hooks.example.org/logdex",
        "  LOGDEX_WEBHOOK_AUTHORIZATION='Bearer …' logdex webhook -s webhook.format=github \\",
        "      -s webhook.url=https://api.github.com/repos/OWNER/NAME -s webhook.severity.min=medium"
      })
  static final class OfWebhook extends StageCommand {
    OfWebhook() {
      super(StageName.WEBHOOK);
    }
  }
}
