package dev.logdex.ingest;

import dev.logdex.ingest.kafka.LogShipper;
import dev.logdex.ingest.kafka.Progress;
import dev.logdex.ingest.kafka.ShippedLog;
import dev.logdex.runtime.MetricsEndpoint;
import dev.logdex.runtime.Settings;
import dev.logdex.runtime.TopicAdmin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ships the files named on the command line, {@code -} being standard input, and ends; or, with
 * {@code --listen}, takes logs on the ports that are configured until it is told to end. Settings
 * come from {@code LOGDEX_…} variables.
 */
public final class IngestMain {
  private static final Logger LOG = LoggerFactory.getLogger(IngestMain.class);
  private static final String SOURCE = "--source=";
  private static final String STDIN = "-";
  private static final String LISTEN = "--listen";

  private IngestMain() {}

  public static void main(String[] arguments) throws InterruptedException {
    if (List.of(arguments).equals(List.of(LISTEN))) {
      listen();
      return;
    }
    List<String> files = new ArrayList<>(List.of(arguments));
    @Nullable String source = null;
    if (!files.isEmpty() && files.get(0).startsWith(SOURCE)) {
      source = files.remove(0).substring(SOURCE.length());
    }
    if (files.isEmpty()) {
      LOG.error("usage: ingest [--source=NAME] FILE… (- for standard input), or ingest --listen");
      System.exit(2);
    }
    try {
      ship(files, source);
    } catch (IOException | KafkaException e) {
      LOG.error("not everything was shipped", e);
      System.exit(1);
    }
  }

  private static void listen() throws InterruptedException {
    try {
      IngestConfig config = config();
      IngestService service = new IngestService(config, Clock.systemUTC());
      @Nullable MetricsEndpoint metrics =
          config.metricsPort() < 0 ? null : MetricsEndpoint.open(config.metricsPort());
      Runtime.getRuntime().addShutdownHook(new Thread(service::close, "close-ingest"));
      try (metrics) {
        service.start();
        Thread.currentThread().join(); // for ever: only a signal ends it
      }
    } catch (ConfigException | UncheckedIOException | IllegalArgumentException e) {
      LOG.error("ingest does not start: {}", e.getMessage());
      System.exit(2);
    }
  }

  private static IngestConfig config() {
    return IngestConfig.parse(Settings.fromEnvironment(IngestConfig.definition(), System.getenv()));
  }

  private static void ship(List<String> files, @Nullable String source) throws IOException {
    IngestConfig config = config();
    TopicAdmin.createMissing(config.shipper().kafkaClient(), config.shipper().topicPrefix());
    @Nullable MetricsEndpoint metrics =
        config.metricsPort() < 0 ? null : MetricsEndpoint.open(config.metricsPort());
    try (metrics;
        LogShipper shipper = LogShipper.open(config.shipper())) {
      for (String file : files) {
        report(shipOne(shipper, file, source));
      }
    }
  }

  private static ShippedLog shipOne(LogShipper shipper, String file, @Nullable String source)
      throws IOException {
    if (file.equals(STDIN)) {
      return shipper.ship(System.in, source == null ? "stdin" : source);
    }
    Path path = Path.of(file);
    return shipper.ship(path, source == null ? LogShipper.sourceOf(path) : source, Progress.NONE);
  }

  private static void report(ShippedLog shipped) {
    LOG.info(
        "shipped {}: {} lines, {} bytes, {} records",
        shipped.source(),
        shipped.lines(),
        shipped.bytes(),
        shipped.records());
    if (shipped.cutLines() > 0) {
      LOG.warn(
          "{} lines of {} were longer than the limit; {} bytes of them were cut",
          shipped.cutLines(),
          shipped.source(),
          shipped.cutBytes());
    }
  }
}
