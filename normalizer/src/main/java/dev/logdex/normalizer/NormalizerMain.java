package dev.logdex.normalizer;

import dev.logdex.runtime.MetricsEndpoint;
import dev.logdex.runtime.Settings;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the normalizer until it is told to stop. Settings come from {@code LOGDEX_…} variables. */
public final class NormalizerMain {
  private static final Logger LOG = LoggerFactory.getLogger(NormalizerMain.class);
  private static final long FAILURE_CHECK_MS = 500;

  private NormalizerMain() {}

  public static void main(String[] arguments) throws InterruptedException {
    try {
      if (!run()) {
        System.exit(1);
      }
    } catch (KafkaException e) {
      LOG.error("the normalizer cannot run", e);
      System.exit(1);
    }
  }

  /** True when it was told to stop, false when it failed. */
  private static boolean run() throws InterruptedException {
    NormalizerConfig config =
        NormalizerConfig.parse(
            Settings.fromEnvironment(NormalizerConfig.definition(), System.getenv()));
    CountDownLatch told = new CountDownLatch(1);
    CountDownLatch closed = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> tellAndWait(told, closed), "stop-normalizer"));
    @Nullable MetricsEndpoint metrics =
        config.metricsPort() < 0 ? null : MetricsEndpoint.open(config.metricsPort());
    try (metrics;
        Normalizer normalizer = new Normalizer(config)) {
      normalizer.start();
      LOG.info("the normalizer runs as {}", config.applicationId());
      return awaitEnd(normalizer, told);
    } finally {
      closed.countDown();
    }
  }

  private static boolean awaitEnd(Normalizer normalizer, CountDownLatch told)
      throws InterruptedException {
    while (normalizer.failure().isEmpty()) {
      if (told.await(FAILURE_CHECK_MS, TimeUnit.MILLISECONDS)) {
        return true;
      }
    }
    return false;
  }

  private static void tellAndWait(CountDownLatch told, CountDownLatch closed) {
    told.countDown();
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
