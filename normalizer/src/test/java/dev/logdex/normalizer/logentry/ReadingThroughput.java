package dev.logdex.normalizer.logentry;

import dev.logdex.normalizer.envelope.EnvelopeReader;
import dev.logdex.normalizer.envelope.IgnoredCause;
import dev.logdex.normalizer.envelope.UnwrappedLine;
import dev.logdex.normalizer.event.DeadLetter;
import dev.logdex.normalizer.event.DeadLetterReason;
import dev.logdex.normalizer.inspect.LogInspection;
import dev.logdex.normalizer.logline.KnownNames;
import dev.logdex.normalizer.logline.PrefixDetector;
import dev.logdex.normalizer.logline.PrefixMatch;
import dev.logdex.normalizer.statement.Execution;
import dev.logdex.normalizer.statement.LogEntry;
import dev.logdex.normalizer.statement.LoggedPlan;
import dev.logdex.normalizer.statement.StatementEvent;
import dev.logdex.normalizer.structured.FieldEntry;
import dev.logdex.normalizer.text.Place;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Prints how many megabytes of log a second of one core's time reads, by how much is done with
 * them. Run by hand, with a file of some hundred megabytes and perhaps the name of one stage.
 */
final class ReadingThroughput {
  private static final int BLOCK_BYTES = 64 << 10;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  /** Does something with the blocks of a log and returns a number that depends on all. */
  private interface Stage {
    long read(List<byte[]> blocks);
  }

  private ReadingThroughput() {}

  public static void main(String[] args) throws IOException {
    List<byte[]> blocks = blocks(Path.of(args[0]));
    String only = args.length > 1 ? args[1] : "";
    int rounds = args.length > 2 ? Integer.parseInt(args[2]) : 4;
    for (int round = 0; round < rounds; round++) {
      measure("line ends", only, blocks, ReadingThroughput::lineEnds);
      measure("prefix", only, blocks, ReadingThroughput::prefixes);
      measure("entries", only, blocks, ReadingThroughput::entries);
      measure("statements", only, blocks, ReadingThroughput::statements);
      measure("inspection", only, blocks, ReadingThroughput::inspection);
    }
  }

  private static void measure(String name, String only, List<byte[]> blocks, Stage stage) {
    if (!name.startsWith(only)) {
      return;
    }
    long bytes = blocks.stream().mapToLong(block -> block.length).sum();
    long start = THREADS.getCurrentThreadCpuTime();
    long result = stage.read(blocks);
    double seconds = (THREADS.getCurrentThreadCpuTime() - start) / 1e9;
    System.out.printf(Locale.ROOT, "%-12s %7.1f MB/s  (%d)%n", name, bytes / 1e6 / seconds, result);
  }

  /** Takes lines; there is nothing else in the log. */
  private record Lines(Consumer<UnwrappedLine> taker) implements EnvelopeReader.Outlet {
    @Override
    public void line(UnwrappedLine line) {
      taker.accept(line);
    }

    @Override
    public void fields(FieldEntry entry, UnwrappedLine around) {}

    @Override
    public void ignored(IgnoredCause why) {}

    @Override
    public void rejected(DeadLetterReason reason, String detail, byte[] bytes, int from, int to) {}

    @Override
    public void rejectedAt(Place place, DeadLetterReason reason, String detail, byte[] excerpt) {}

    @Override
    public Place place() {
      return new Place("", 0);
    }
  }

  private static long lineEnds(List<byte[]> blocks) {
    long lines = 0;
    for (byte[] block : blocks) {
      for (byte b : block) {
        lines += b == '\n' ? 1 : 0;
      }
    }
    return lines;
  }

  private static long prefixes(List<byte[]> blocks) {
    PrefixDetector detector = new PrefixDetector(null, new KnownNames());
    EnvelopeReader envelopes = new EnvelopeReader(null, 1 << 20);
    PrefixMatch match = new PrefixMatch();
    long[] matched = new long[1];
    for (byte[] block : blocks) {
      for (int from = 0; from < block.length; ) {
        int to = from;
        while (block[to] != '\n') {
          to++;
        }
        int start = from;
        int stop = to;
        envelopes.read(
            block,
            from,
            to,
            Instant.EPOCH,
            new Lines(
                line ->
                    matched[0] +=
                        block[start] != '\t' && detector.match(block, start, stop, false, match)
                            ? 1
                            : 0));
        from = to + 1;
      }
    }
    return matched[0];
  }

  private static long entries(List<byte[]> blocks) {
    PrefixDetector detector = new PrefixDetector(null, new KnownNames());
    EnvelopeReader envelopes = new EnvelopeReader(null, 1 << 20);
    CountingEntries entries = new CountingEntries();
    EntryJoiner joiner = new EntryJoiner(LogSettings.defaults(), detector, entries);
    long lines = 0;
    for (byte[] block : blocks) {
      for (int from = 0; from < block.length; ) {
        int to = from;
        while (block[to] != '\n') {
          to++;
        }
        lines++;
        long number = lines;
        envelopes.read(
            block,
            from,
            to,
            Instant.EPOCH,
            new Lines(line -> joiner.read(line, block, true, Instant.EPOCH, "log", number)));
        from = to + 1;
      }
      joiner.endOfRecord();
    }
    return entries.bytes;
  }

  private static long statements(List<byte[]> blocks) {
    Counting sink = new Counting();
    InspectableLog reader = SourceLogs.open("log", LogSettings.defaults(), sink);
    blocks.forEach(block -> reader.accept(block, 0, block.length, "log", Instant.EPOCH));
    reader.flush();
    return sink.executions;
  }

  private static long inspection(List<byte[]> blocks) {
    LogInspection inspection = new LogInspection(LogSettings.defaults());
    blocks.forEach(block -> inspection.read("log", block, "log", Instant.EPOCH));
    inspection.end("log");
    return inspection.report().executions();
  }

  /** Whole lines. */
  private static List<byte[]> blocks(Path file) throws IOException {
    List<byte[]> blocks = new ArrayList<>();
    byte[] rest = new byte[0];
    try (InputStream in = Files.newInputStream(file)) {
      for (byte[] read = in.readNBytes(BLOCK_BYTES);
          read.length > 0;
          read = in.readNBytes(BLOCK_BYTES)) {
        int end = read.length;
        while (end > 0 && read[end - 1] != '\n') {
          end--;
        }
        byte[] block = new byte[rest.length + end];
        System.arraycopy(rest, 0, block, 0, rest.length);
        System.arraycopy(read, 0, block, rest.length, end);
        blocks.add(block);
        rest = Arrays.copyOfRange(read, end, read.length);
      }
    }
    return blocks;
  }

  private static final class Counting implements LogSink {
    private long executions;

    @Override
    public void entry(LogEntry entry) {}

    @Override
    public void execution(Execution execution) {
      executions++;
    }

    @Override
    public void event(StatementEvent event) {}

    @Override
    public void plan(LoggedPlan plan) {}

    @Override
    public void rejected(DeadLetter letter) {}
  }

  private static final class CountingEntries implements EntryJoiner.Outlet {
    private long bytes;

    @Override
    public void complete(OpenEntry entry) {
      bytes += entry.toEntry().text().length();
    }

    @Override
    public void lost(String backend) {}

    @Override
    public void rejected(
        DeadLetterReason reason,
        String detail,
        Place place,
        @Nullable Instant loggedAt,
        String excerpt) {}

    @Override
    public void ignored(Ignored why) {}

    @Override
    public void cut(Cut what) {}

    @Override
    public void missing(String backend, long count) {}

    @Override
    public void authorized(String message) {}
  }
}
