package dev.logdex.deploy;

import dev.logdex.analyzer.AnalyzerConfig;
import dev.logdex.analyzer.database.DatabaseAddress;
import dev.logdex.analyzer.doctor.Finding;
import dev.logdex.analyzer.postgres.DatabaseExamination;
import dev.logdex.deploy.doctor.ExaminationText;
import dev.logdex.deploy.doctor.Examined;
import dev.logdex.deploy.doctor.KafkaExamination;
import dev.logdex.deploy.terminal.Terminal;
import dev.logdex.runtime.EventJson;
import dev.logdex.runtime.Settings;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Examines what Logdex needs around it, with the settings that the analyzer would have. */
@Command(
    name = "doctor",
    description = "Examine Kafka and the analysis databases, and say how to mend what is wrong.",
    footer = {
      "",
      "It changes nothing. Exit codes: 0 nothing fails, 1 something fails, 2 used wrongly.",
      "",
      "Examples:",
      "  logdex doctor --config /etc/logdex.properties",
      "  logdex doctor --no-kafka -s databases=postgresql://logdex_analysis@localhost/shop_copy",
      "  logdex doctor --json -s bootstrap.servers=kafka:9092 | jq '.[].findings[]'"
    })
final class DoctorCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private SettingOptions settings = new SettingOptions();

  @Option(names = "--json", description = "Print one JSON array.")
  private boolean json;

  @Option(names = "--no-kafka", description = "Leave Kafka out, as where only advise is used.")
  private boolean noKafka;

  DoctorCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Settings given =
        Settings.parse(
            AnalyzerConfig.definition(), settings.of(StageName.ANALYZER, System.getenv()));
    AnalyzerConfig config = AnalyzerConfig.of(given);
    List<Examined> parts = new ArrayList<>();
    if (!noKafka) {
      terminal.status("examining Kafka");
      parts.add(
          new Examined(
              "Kafka at " + given.text(Settings.BOOTSTRAP_SERVERS),
              KafkaExamination.examine(config.kafkaClient(), config.topicPrefix())));
    }
    config.databases().forEach(address -> parts.add(examined(address, config)));
    if (config.databases().isEmpty()) {
      parts.add(new Examined("Analysis databases", List.of(none())));
    }
    terminal.clearStatus();
    if (json) {
      terminal.result(EventJson.line(parts));
    } else {
      ExaminationText.lines(parts, terminal::bold).forEach(terminal::result);
    }
    return parts.stream().anyMatch(Examined::fails) ? ExitCode.SOFTWARE : ExitCode.OK;
  }

  private Examined examined(DatabaseAddress address, AnalyzerConfig config) {
    terminal.status("examining " + address);
    return new Examined(
        address.toString(),
        DatabaseExamination.examine(
            address, config.timeouts(), config.buildsOn(address) != null, Clock.systemUTC()));
  }

  private static Finding none() {
    return Finding.fail(
        "databases",
        "none is configured, so nothing can be planned",
        "Set databases=[NAME=]postgresql://user:password@host:port/database.");
  }
}
