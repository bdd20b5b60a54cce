package dev.logdex.deploy;

import dev.logdex.deploy.terminal.Amounts;
import dev.logdex.deploy.terminal.ProgressBar;
import dev.logdex.deploy.terminal.Terminal;
import dev.logdex.ingest.kafka.LogShipper;
import dev.logdex.ingest.kafka.ShippedLog;
import dev.logdex.ingest.kafka.ShipperSettings;
import dev.logdex.runtime.EventJson;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Puts the logs of the command line on the logs topic, showing how far it has come. */
final class Shipping {
  private final Terminal terminal;
  private final @Nullable String source;
  private final boolean json;

  /**
   * @param source null to call each file by its path
   */
  Shipping(Terminal terminal, @Nullable String source) {
    this(terminal, source, false);
  }

  /**
   * @param source null to call each file by its path
   * @param json whether what was shipped of each log is a result, as a line of JSON
   */
  Shipping(Terminal terminal, @Nullable String source, boolean json) {
    this.terminal = terminal;
    this.source = source;
    this.json = json;
  }

  void ship(ShipperSettings settings, Iterable<LogInput> inputs) {
    try (LogShipper shipper = LogShipper.open(settings)) {
      for (LogInput input : inputs) {
        long begin = System.nanoTime();
        ShippedLog shipped = ship(shipper, input);
        report(terminal, input, shipped);
        if (json) {
          terminal.result(EventJson.line(Summary.of(input, shipped, System.nanoTime() - begin)));
        }
      }
    }
  }

  private ShippedLog ship(LogShipper shipper, LogInput input) {
    try {
      return input.file().isPresent()
          ? shipFile(shipper, input, input.file().get())
          : shipper.ship(System.in, source == null ? "stdin" : source);
    } catch (IOException e) {
      throw new CommandFailure("Cannot read " + input.name() + ": " + Failures.describe(e), e);
    }
  }

  private ShippedLog shipFile(LogShipper shipper, LogInput input, Path file) throws IOException {
    ProgressBar bar = new ProgressBar("shipping " + input.name(), input.bytes());
    long begin = System.nanoTime();
    return shipper.ship(
        file,
        source == null ? LogShipper.sourceOf(file) : source,
        (done, total) ->
            terminal.status(bar.line(done, Duration.ofNanos(System.nanoTime() - begin))));
  }

  static void report(Terminal terminal, LogInput input, ShippedLog shipped) {
    terminal.note(
        "read "
            + input.name()
            + ": "
            + Amounts.count(shipped.lines(), "line", "lines")
            + ", "
            + Amounts.bytes(shipped.bytes()));
    if (shipped.cutLines() > 0) {
      terminal.note(LogInput.cutNote(input.name(), shipped.cutLines(), shipped.cutBytes()));
    }
  }

  /**
   * What a program reads of a log that was shipped.
   *
   * @param log as it was named
   * @param seconds that it took
   */
  private record Summary(
      String log,
      String source,
      long records,
      long lines,
      long bytes,
      long cutLines,
      long cutBytes,
      double seconds) {
    static Summary of(LogInput input, ShippedLog shipped, long nanos) {
      return new Summary(
          input.name(),
          shipped.source(),
          shipped.records(),
          shipped.lines(),
          shipped.bytes(),
          shipped.cutLines(),
          shipped.cutBytes(),
          Math.round(nanos / 1e6) / 1e3);
    }
  }
}
