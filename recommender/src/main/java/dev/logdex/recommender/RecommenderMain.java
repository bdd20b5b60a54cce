package dev.logdex.recommender;

import dev.logdex.runtime.MetricsEndpoint;
import dev.logdex.runtime.Settings;
import java.time.Clock;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the recommender until it is told to stop. Settings come from {@code LOGDEX_…} variables. */
public final class RecommenderMain {
  private static final Logger LOG = LoggerFactory.getLogger(RecommenderMain.class);

  private RecommenderMain() {}

  public static void main(String[] arguments) throws InterruptedException {
    try {
      run(
          RecommenderConfig.parse(
              Settings.fromEnvironment(RecommenderConfig.definition(), System.getenv())));
    } catch (ConfigException e) {
      LOG.error("the recommender does not start: {}", e.getMessage());
      System.exit(2);
    }
  }

  private static void run(RecommenderConfig config) throws InterruptedException {
    Recommender recommender = new Recommender(config, Clock.systemUTC());
    @Nullable MetricsEndpoint metrics =
        config.metricsPort() < 0 ? null : MetricsEndpoint.open(config.metricsPort());
    Runtime.getRuntime().addShutdownHook(new Thread(recommender::close, "close-recommender"));
    try (metrics) {
      recommender.start();
      recommender.awaitEnd();
    }
    Optional<Throwable> failure = recommender.failure();
    if (failure.isPresent()) {
      LOG.error("the recommender ended by itself", failure.get());
      System.exit(1);
    }
  }
}
