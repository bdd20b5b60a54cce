package dev.logdex.deploy;

import dev.logdex.deploy.terminal.Terminal;
import dev.logdex.ingest.IngestConfig;
import dev.logdex.ingest.kafka.LogShipper;
import dev.logdex.ingest.kafka.ShippedLog;
import dev.logdex.ingest.kafka.ShipperSettings;
import dev.logdex.runtime.Settings;
import dev.logdex.runtime.TopicAdmin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "ingest",
    description = "Ship log files or standard input to Kafka, or listen for logs.",
    footer = {
      "",
      "Examples:",
      "  logdex ingest -s bootstrap.servers=kafka:9092 postgresql.log.1.gz postgresql.log",
      "  logdex ingest --follow --source db1 /var/log/postgresql/postgresql-15-main.log",
      "  logdex ingest --listen -s syslog.tcp.port=5514 -s syslog.address=0.0.0.0"
    })
final class IngestCommand implements Runnable {
  private final Terminal terminal;

  @SuppressWarnings("NullAway.Init") // picocli sets it before it runs the command
  @Spec
  private CommandSpec spec;

  @Mixin private SettingOptions settings = new SettingOptions();

  @Option(
      names = "--source",
      paramLabel = "NAME",
      description = "What the log's server is called; the file's path when not given.")
  private @Nullable String source;

  @Option(
      names = "--follow",
      description = "Stay, and ship what is added to the file, until told to end.")
  private boolean follow;

  @Option(
      names = "--listen",
      description = "Stay, and take logs on the ports that the settings name.")
  private boolean listen;

  @Parameters(
      arity = "0..*",
      paramLabel = "FILE",
      description = "Logs; - is standard input, and .gz is unpacked.")
  private List<String> files = new ArrayList<>();

  IngestCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void run() {
    if (files.isEmpty() != listen || (listen && (follow || source != null))) {
      throw new ParameterException(
          spec.commandLine(), "ingest takes either logs or --listen alone");
    }
    if (listen) {
      listen();
    } else {
      ship();
    }
  }

  private void listen() {
    Map<String, String> given = settings.of(StageName.INGEST, System.getenv());
    Settings checked = Settings.parse(IngestConfig.definition(), given);
    try (OpenParts parts = new OpenParts()) {
      StageCommand.openMetrics(parts, checked);
      parts.add(StageName.INGEST.open(given)).start();
      while (!OpenParts.isProcessEnding()) {
        Waiting.pause();
      }
    } catch (UncheckedIOException | IllegalArgumentException e) {
      throw new CommandFailure("Cannot listen: " + e.getMessage(), e);
    }
  }

  private void ship() {
    List<LogInput> inputs = LogInput.check(files, terminal::note);
    if (follow && (inputs.size() > 1 || inputs.get(0).file().isEmpty())) {
      throw new ParameterException(spec.commandLine(), "--follow takes one file");
    }
    Map<String, String> given = settings.of(StageName.INGEST, System.getenv());
    Settings checked = Settings.parse(IngestConfig.definition(), given);
    ShipperSettings shipper = IngestConfig.parse(given).shipper();
    KafkaOptions.reach(shipper.kafkaClient());
    TopicAdmin.createMissing(shipper.kafkaClient(), shipper.topicPrefix());
    try (OpenParts parts = new OpenParts()) {
      StageCommand.openMetrics(parts, checked);
      if (follow) {
        follow(parts, shipper, inputs.get(0));
      } else {
        new Shipping(terminal, source).ship(shipper, inputs);
      }
    }
  }

  private void follow(OpenParts parts, ShipperSettings settings, LogInput input) {
    Path file = input.file().orElseThrow();
    CountDownLatch told = new CountDownLatch(1);
    CountDownLatch shipped = new CountDownLatch(1);
    // when the process is to end, what was written before is still shipped
    parts.add(
        () -> {
          told.countDown();
          shipped.await();
        });
    try (LogShipper shipper = LogShipper.open(settings)) {
      ShippedLog log =
          shipper.follow(
              file,
              source == null ? LogShipper.sourceOf(file) : source,
              () -> told.getCount() == 0);
      Shipping.report(terminal, input, log);
    } catch (IOException e) {
      throw new CommandFailure("Cannot read " + input.name() + ": " + Failures.describe(e), e);
    } finally {
      shipped.countDown();
    }
  }
}
