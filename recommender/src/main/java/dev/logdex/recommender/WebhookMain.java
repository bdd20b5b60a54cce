package dev.logdex.recommender;

import dev.logdex.runtime.MetricsEndpoint;
import dev.logdex.runtime.Settings;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the webhook until it is told to stop. Settings come from {@code LOGDEX_…} variables. */
public final class WebhookMain {
  private static final Logger LOG = LoggerFactory.getLogger(WebhookMain.class);

  private WebhookMain() {}

  public static void main(String[] arguments) throws InterruptedException {
    try {
      run(
          WebhookConfig.parse(
              Settings.fromEnvironment(WebhookConfig.definition(), System.getenv())));
    } catch (ConfigException e) {
      LOG.error("the webhook does not start: {}", e.getMessage());
      System.exit(2);
    }
  }

  private static void run(WebhookConfig config) throws InterruptedException {
    Webhook webhook = new Webhook(config);
    @Nullable MetricsEndpoint metrics =
        config.metricsPort() < 0 ? null : MetricsEndpoint.open(config.metricsPort());
    Runtime.getRuntime().addShutdownHook(new Thread(webhook::close, "close-webhook"));
    try (metrics) {
      webhook.start();
      webhook.awaitEnd();
    }
    Optional<Throwable> failure = webhook.failure();
    if (failure.isPresent()) {
      LOG.error("the webhook ended by itself", failure.get());
      System.exit(1);
    }
  }
}
