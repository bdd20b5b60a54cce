package dev.logdex.deploy;

import dev.logdex.deploy.inspect.InspectText;
import dev.logdex.deploy.inspect.InspectedLogs;
import dev.logdex.deploy.inspect.InspectedLogs.InspectedLog;
import dev.logdex.deploy.terminal.ProgressBar;
import dev.logdex.deploy.terminal.Terminal;
import dev.logdex.ingest.logfile.BlockLimits;
import dev.logdex.ingest.logfile.LogBlock;
import dev.logdex.ingest.logfile.LogBlockReader;
import dev.logdex.normalizer.inspect.EntryLines;
import dev.logdex.normalizer.inspect.LogInspection;
import dev.logdex.normalizer.logentry.SourceLog;
import dev.logdex.normalizer.logentry.SourceLogs;
import dev.logdex.runtime.EventJson;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "inspect",
    description = "Show what Logdex understands of a log, with no Kafka and no database.",
    footer = {
      "",
      "Examples:",
      "  logdex inspect /var/log/postgresql/postgresql-15-main.log",
      "  logdex inspect --prefix '%%m [%%p] ' --json postgresql.log.1.gz postgresql.log",
      "  heroku logs -p postgres -n 1500 | logdex inspect -"
    })
final class InspectCommand implements Runnable {
  private static final long STATUS_EVERY_BYTES = 1 << 20;

  private final Terminal terminal;

  @Mixin private LogFormatOptions format = new LogFormatOptions();

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Option(
      names = "--entries",
      hidden = true,
      description = "Print every log entry and execution as a JSON object, literals and all.")
  private boolean entries;

  @Option(
      names = "--top",
      paramLabel = "N",
      defaultValue = "20",
      description = "Statements to list; 20 when not given. With --json all are.")
  private int top;

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = "Logs; - is standard input, and .gz is unpacked.")
  private List<String> files = new ArrayList<>();

  InspectCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void run() {
    if (entries) {
      LogInput.check(files, terminal::note).forEach(this::printEntries);
    } else {
      inspect();
    }
  }

  private void printEntries(LogInput input) {
    EntryLines lines = new EntryLines(line -> terminal.result(EventJson.line(line)));
    SourceLog log = SourceLogs.open(input.name(), format.settings(), lines);
    try (LogBlockReader reader = open(input)) {
      Instant arrived = arrived(input);
      for (LogBlock block = reader.next(); block != null; block = reader.next()) {
        log.accept(block.bytes(), 0, block.bytes().length, input.name(), arrived);
      }
      log.flush();
    } catch (IOException e) {
      throw unreadable(input, e);
    }
  }

  private void inspect() {
    LogInspection inspection = new LogInspection(format.settings());
    List<InspectedLog> logs = new ArrayList<>();
    for (LogInput input : LogInput.check(files, terminal::note)) {
      read(input, inspection);
      inspection
          .facts(input.name())
          .map(facts -> InspectedLog.of(input.name(), facts))
          .ifPresent(logs::add);
    }
    terminal.clearStatus();
    InspectedLogs inspected = InspectedLogs.of(inspection.report(), logs);
    if (json) {
      terminal.result(EventJson.line(inspected));
    } else {
      InspectText.lines(inspected, top, terminal::bold).forEach(terminal::result);
    }
  }

  private void read(LogInput input, LogInspection inspection) {
    ProgressBar bar = new ProgressBar("reading " + input.name(), input.bytes());
    Instant begin = Instant.now();
    long shown = 0;
    try (LogBlockReader reader = open(input)) {
      Instant arrived = arrived(input);
      for (LogBlock block = reader.next(); block != null; block = reader.next()) {
        inspection.read(input.name(), block.bytes(), input.name(), arrived);
        if (reader.rawBytesRead() - shown >= STATUS_EVERY_BYTES) {
          shown = reader.rawBytesRead();
          terminal.status(bar.line(shown, Duration.between(begin, Instant.now())));
        }
      }
      inspection.end(input.name());
      if (reader.cutLines() > 0) {
        terminal.note(LogInput.cutNote(input.name(), reader.cutLines(), reader.cutBytes()));
      }
    } catch (IOException e) {
      throw unreadable(input, e);
    }
  }

  private static CommandFailure unreadable(LogInput input, IOException e) {
    return new CommandFailure("Cannot read " + input.name() + ": " + Failures.describe(e), e);
  }

  private static LogBlockReader open(LogInput input) throws IOException {
    return input.file().isPresent()
        ? LogBlockReader.open(input.file().get(), BlockLimits.DEFAULT)
        : LogBlockReader.of(System.in, BlockLimits.DEFAULT);
  }

  /** Stands in for times that the log does not have; of a file the same on every reading. */
  private static Instant arrived(LogInput input) throws IOException {
    return input.file().isPresent()
        ? Files.getLastModifiedTime(input.file().get()).toInstant()
        : Instant.now();
  }
}
