package dev.logdex.analyzer;

import dev.logdex.runtime.MetricsEndpoint;
import dev.logdex.runtime.Settings;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the analyzer by itself: settings from the environment ({@code LOGDEX_DATABASES} and so on)
 * and from the properties files given as arguments, later ones winning.
 */
public final class AnalyzerMain {
  private static final Logger LOG = LoggerFactory.getLogger(AnalyzerMain.class);
  private static final int BAD_SETTINGS = 2;
  private static final int FAILED = 1;
  private static final long WATCH_MS = 500;

  private AnalyzerMain() {}

  /** Runs until the process is told to end, or the stage fails. */
  public static void main(String[] args) throws InterruptedException {
    AnalyzerConfig config;
    try {
      config = AnalyzerConfig.of(Settings.parse(AnalyzerConfig.definition(), given(args)));
    } catch (ConfigException | IOException e) {
      LOG.error("the analyzer does not start: {}", e.getMessage());
      System.exit(BAD_SETTINGS);
      return;
    }
    System.exit(run(config));
  }

  private static Map<String, String> given(String[] files) throws IOException {
    Map<String, String> given =
        new TreeMap<>(Settings.fromEnvironment(AnalyzerConfig.definition(), System.getenv()));
    for (String file : files) {
      Properties properties = new Properties();
      try (Reader reader = Files.newBufferedReader(Path.of(file))) {
        properties.load(reader);
      }
      properties
          .stringPropertyNames()
          .forEach(name -> given.put(name, properties.getProperty(name)));
    }
    return given;
  }

  private static int run(AnalyzerConfig config) throws InterruptedException {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> endAndWait(asked, ended), "shutdown"));
    try (Analyzer analyzer = new Analyzer(config);
        MetricsEndpoint metrics = metrics(config)) {
      if (metrics != null) {
        LOG.info("metrics on port {} of loopback", metrics.port());
      }
      analyzer.start();
      while (!asked.await(WATCH_MS, TimeUnit.MILLISECONDS)) {
        if (analyzer.failure().isPresent()) {
          return FAILED;
        }
      }
      return 0;
    } finally {
      ended.countDown();
    }
  }

  private static @Nullable MetricsEndpoint metrics(AnalyzerConfig config) {
    return config.metricsPort() < 0 ? null : MetricsEndpoint.open(config.metricsPort());
  }

  private static void endAndWait(CountDownLatch asked, CountDownLatch ended) {
    asked.countDown();
    try {
      ended.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
