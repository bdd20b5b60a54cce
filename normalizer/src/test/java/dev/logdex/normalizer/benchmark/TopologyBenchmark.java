package dev.logdex.normalizer.benchmark;

import dev.logdex.embedded.EmbeddedKafka;
import dev.logdex.normalizer.NormalizerConfig;
import dev.logdex.normalizer.benchmark.BenchmarkLog.Written;
import dev.logdex.normalizer.benchmark.Runs.Run;
import dev.logdex.runtime.Topic;
import dev.logdex.runtime.TopicAdmin;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.streams.StreamsConfig;

/**
 * Runs the topology and a passthrough (stream, to) over the same records, on the same broker, one
 * after the other and in turns, and prints what each took. Run by hand: see docs/benchmarks.md.
 */
public final class TopologyBenchmark {
  private static final PrintStream OUT = System.out;
  private static final int PARTITIONS = Topic.LOGS.partitions();
  private static final double MEGABYTE = 1e6;

  private final Map<String, Object> client;
  private final Runs runs;
  private final Path folder;

  private TopologyBenchmark(Map<String, Object> client, Runs runs, Path folder) {
    this.client = client;
    this.runs = runs;
    this.folder = folder;
  }

  /** Arguments: lines (1500000), rounds (3), fingerprints (1000), one or packed (both). */
  public static void main(String[] arguments) throws Exception {
    long lines = arguments.length > 0 ? Long.parseLong(arguments[0]) : 1_500_000;
    int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 3;
    int fingerprints = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 1000;
    Path folder = Files.createTempDirectory("topology-benchmark");
    try (EmbeddedKafka kafka = EmbeddedKafka.start()) {
      Map<String, Object> client = Map.of("bootstrap.servers", kafka.bootstrapServers());
      try (Admin admin = Admin.create(client)) {
        TopologyBenchmark benchmark =
            new TopologyBenchmark(client, new Runs(client, admin), folder);
        String which = arguments.length > 3 ? arguments[3] : "both";
        if (!which.equals("packed")) {
          benchmark.measure("one.", "one line a record", lines, rounds, fingerprints, 0);
        }
        if (!which.equals("one")) {
          benchmark.measure(
              "packed.", "packed records", 3 * lines, rounds, fingerprints, 64 * 1024);
        }
      }
    }
  }

  private void measure(
      String prefix, String title, long lines, int rounds, int fingerprints, int recordBytes)
      throws Exception {
    TopicAdmin.createMissing(client, prefix);
    String logs = Topic.LOGS.named(prefix);
    Written written =
        new BenchmarkLog(fingerprints, 10_000, recordBytes).write(client, logs, PARTITIONS, lines);
    OUT.printf(
        Locale.ROOT,
        "%n%s: %d records, %d lines, %.0f MB, %d fingerprints, %.1f minutes of log%n",
        title,
        written.records(),
        written.lines(),
        written.bytes() / MEGABYTE,
        fingerprints,
        lines / 600_000.0);
    List<Run> passes = new ArrayList<>();
    List<Run> ours = new ArrayList<>();
    for (int round = 0; round <= rounds; round++) {
      NormalizerConfig config = config(prefix, round);
      Run pass = runs.passthrough(logs, prefix + "pass-" + round, passthroughSettings(config));
      Run our = runs.normalizer(config, logs);
      if (round > 0) { // the first one warms up
        passes.add(pass);
        ours.add(our);
      }
      report(round == 0 ? "pass (warm-up)" : "pass", pass, written);
      report(round == 0 ? "ours (warm-up)" : "ours", our, written);
    }
    double pass = written.records() / median(passes);
    double our = written.records() / median(ours);
    OUT.printf(
        Locale.ROOT,
        "%s, medians: passthrough %.0f records/CPU-s, topology %.0f records/CPU-s, %.1f MB/CPU-s;"
            + " topology / passthrough %.2f%n",
        title,
        pass,
        our,
        written.bytes() / MEGABYTE / median(ours),
        our / pass);
  }

  private NormalizerConfig config(String prefix, int round) {
    return NormalizerConfig.parse(
        Map.of(
            "bootstrap.servers",
            (String) client.get("bootstrap.servers"),
            "topic.prefix",
            prefix,
            "state.dir",
            folder.resolve(prefix + round).toString()));
  }

  /** Ours, so that only the work differs; but nothing is compressed, which would cost it. */
  private static Map<String, Object> passthroughSettings(NormalizerConfig config) {
    Map<String, Object> settings = new HashMap<>(config.streams().originals());
    settings.remove(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG);
    settings.remove("compression.type");
    return settings;
  }

  private static double median(List<Run> runs) {
    return runs.stream()
        .map(Run::cpu)
        .sorted(Comparator.naturalOrder())
        .skip((runs.size() - 1) / 2)
        .findFirst()
        .orElseThrow();
  }

  private static void report(String name, Run run, Written written) {
    OUT.printf(
        Locale.ROOT,
        "  %-15s wall %5.1f s, cpu %5.1f s %s, %.0f records/CPU-s, %.1f MB/CPU-s",
        name,
        run.wallSeconds(),
        run.cpu(),
        rounded(run.cpuSeconds()),
        written.records() / run.cpu(),
        written.bytes() / MEGABYTE / run.cpu());
    if (!run.topicBytes().isEmpty()) {
      long internal = run.topicBytes().values().stream().mapToLong(Long::longValue).sum();
      OUT.printf(
          Locale.ROOT,
          ", internal topics %.1f %% of the input %s; open windows' pieces, not compressed: %s",
          100.0 * internal / written.bytes(),
          run.topicBytes(),
          run.pieceBytes());
    }
    OUT.println();
  }

  private static Map<String, String> rounded(Map<String, Double> seconds) {
    Map<String, String> rounded = new HashMap<>();
    seconds.forEach((kind, value) -> rounded.put(kind, String.format(Locale.ROOT, "%.2f", value)));
    return rounded;
  }
}
