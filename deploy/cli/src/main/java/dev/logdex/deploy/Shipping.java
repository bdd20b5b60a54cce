package dev.logdex.deploy;

import dev.logdex.deploy.terminal.Amounts;
import dev.logdex.deploy.terminal.ProgressBar;
import dev.logdex.deploy.terminal.Terminal;
import dev.logdex.ingest.kafka.LogShipper;
import dev.logdex.ingest.kafka.ShippedLog;
import dev.logdex.ingest.kafka.ShipperSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Puts the logs of the command line on the logs topic, showing how far it has come. */
final class Shipping {
  private final Terminal terminal;
  private final @Nullable String source;

  /**
   * @param source null to call each file by its path
   */
  Shipping(Terminal terminal, @Nullable String source) {
    this.terminal = terminal;
    this.source = source;
  }

  void ship(ShipperSettings settings, Iterable<LogInput> inputs) {
    try (LogShipper shipper = LogShipper.open(settings)) {
      for (LogInput input : inputs) {
        report(terminal, input, ship(shipper, input));
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
}
