package dev.logdex.deploy;

import dev.logdex.deploy.terminal.Amounts;
import dev.logdex.deploy.terminal.Terminal;
import dev.logdex.ingest.IngestConfig;
import dev.logdex.ingest.IngestService;
import dev.logdex.ingest.kafka.ShipperSettings;
import dev.logdex.ingest.tail.StartAt;
import dev.logdex.ingest.tail.TailCounts;
import dev.logdex.runtime.EventJson;
import dev.logdex.runtime.Settings;
import dev.logdex.runtime.TopicAdmin;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
      "  logdex ingest --follow -s files.state.dir=/var/lib/logdex/files /var/log/postgresql",
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
      description = {
        "Stay, and ship what is added to files, through rotation, until told to end. FILE may be",
        "a folder or a quoted glob. Set files.state.dir to go on from there after a restart."
      })
  private boolean follow;

  @Option(
      names = "--from",
      paramLabel = "WHERE",
      description = {
        "With --follow: where files begin of which nothing is remembered: beginning, end, or a",
        "time of their entries like 2026-11-21T10:00Z."
      })
  private @Nullable String from;

  @Option(names = "--json", description = "Print what was shipped of each log, one per line.")
  private boolean json;

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

  /** Whether it stays, rather than shipping what a person watches it ship. */
  boolean listens() {
    return listen;
  }

  @Override
  public void run() {
    if (files.isEmpty() != listen || (listen && (follow || source != null))) {
      throw new ParameterException(
          spec.commandLine(), "ingest takes either logs or --listen alone");
    }
    if (from != null && !follow) {
      throw new ParameterException(spec.commandLine(), "--from needs --follow");
    }
    if (listen) {
      listen();
    } else if (follow) {
      follow();
    } else {
      ship();
    }
  }

  private void listen() {
    Map<String, String> given = settings.of(StageName.INGEST, System.getenv());
    Settings checked = Settings.parse(IngestConfig.definition(), given);
    requireWayIn(IngestConfig.parse(given));
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

  /** All ports are off by default: without one it would wait for ever for nothing. */
  private void requireWayIn(IngestConfig config) {
    if (!config.syslog().isOn() && config.http().isEmpty() && !config.files().isOn()) {
      throw new ParameterException(
          spec.commandLine(),
          "--listen needs a port: set syslog.tcp.port, syslog.tls.port, syslog.udp.port or http.port");
    }
  }

  private void ship() {
    List<LogInput> inputs = LogInput.check(files, terminal::note);
    Map<String, String> given = settings.of(StageName.INGEST, System.getenv());
    Settings checked = Settings.parse(IngestConfig.definition(), given);
    ShipperSettings shipper = IngestConfig.parse(given).shipper();
    KafkaOptions.reach(shipper.kafkaClient());
    TopicAdmin.createMissing(shipper.kafkaClient(), shipper.topicPrefix());
    try (OpenParts parts = new OpenParts()) {
      StageCommand.openMetrics(parts, checked);
      new Shipping(terminal, source, json).ship(shipper, inputs);
    }
  }

  private void follow() {
    if (files.contains("-")) {
      throw new ParameterException(
          spec.commandLine(), "standard input ends by itself: leave --follow out");
    }
    Map<String, String> given = settings.of(StageName.INGEST, System.getenv());
    Settings checked = Settings.parse(IngestConfig.definition(), given);
    IngestConfig config = IngestConfig.parse(given);
    IngestService service =
        new IngestService(
            config.following(config.files().of(files, source, start())), Clock.systemUTC());
    try (OpenParts parts = new OpenParts()) {
      StageCommand.openMetrics(parts, checked);
      parts.add(
          () -> {
            service.close();
            service.followed().ifPresent(this::report);
          });
      service.start();
      while (!OpenParts.isProcessEnding()) {
        CatchUp.throwFailure(service);
        Waiting.pause();
      }
    } catch (UncheckedIOException e) {
      throw new CommandFailure("Cannot follow: " + Failures.describe(e), e);
    }
  }

  private @Nullable StartAt start() {
    try {
      return from == null ? null : StartAt.parse(from);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--from: " + Failures.describe(e), e);
    }
  }

  private void report(TailCounts counts) {
    terminal.note(
        "followed "
            + Amounts.count(counts.sources(), "log", "logs")
            + ": "
            + Amounts.count(counts.lines(), "line", "lines")
            + ", "
            + Amounts.bytes(counts.bytes()));
    if (counts.cutLines() > 0) {
      terminal.note(LogInput.cutNote("them", counts.cutLines(), counts.cutBytes()));
    }
    if (json) {
      terminal.result(EventJson.line(counts));
    }
  }
}
