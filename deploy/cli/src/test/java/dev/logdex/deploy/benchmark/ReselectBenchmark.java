package dev.logdex.deploy.benchmark;

import static org.awaitility.Awaitility.await;

import dev.logdex.analyzer.event.TableAnalysis;
import dev.logdex.deploy.terminal.Amounts;
import dev.logdex.embedded.ItParts;
import dev.logdex.recommender.Recommender;
import dev.logdex.recommender.event.Recommendation;
import dev.logdex.recommender.selection.Policy;
import dev.logdex.recommender.selection.TableSelection;
import dev.logdex.recommender.selection.TableSelector;
import dev.logdex.recommender.selection.Thresholds;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Starts a recommender anew on the analyses of many tables: how long it takes until all are
 * selected again, and that nothing is published again; and selects from one large table. Run by
 * hand: see docs/benchmarks.md.
 */
public final class ReselectBenchmark {
  private static final PrintStream OUT = System.out;
  private static final Duration PATIENCE = Duration.ofMinutes(20);
  private static final Duration LOOK = Duration.ofMillis(50);
  private static final int SCANS = 20;
  private static final int CANDIDATES = 20;
  private static final int WARM_UPS = 3;
  private static final int RUNS = 5;
  private static final String STORAGE = "selection.database.storage.max.bytes";

  private ReselectBenchmark() {}

  /** Argument: how many tables (2000). */
  public static void main(String[] arguments) {
    int tables = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 2000;
    long bytes = manyTables(tables, Map.of());
    manyTables(tables, Map.of(STORAGE, Long.toString(bytes / 2)));
    largeTable();
    // the embedded broker's threads would keep the process
    System.exit(0);
  }

  /** Gives the expected bytes of all indexes proposed. */
  private static long manyTables(int tables, Map<String, String> settings) {
    OUT.printf(
        Locale.ROOT,
        "%d tables of %d scans and %d candidates, %s%n",
        tables,
        SCANS,
        CANDIDATES,
        settings.isEmpty() ? "no storage budget" : settings.toString());
    try (AnalysesTopic topic = new AnalysesTopic(ItParts.kafka())) {
      long json = 0;
      for (int table = 0; table < tables; table++) {
        json += topic.put(RandomAnalyses.of(table, SCANS, CANDIDATES));
      }
      topic.flush();
      OUT.println("  analyses: " + Amounts.bytes(json));
      long bytes = run("first start", topic, settings);
      topic.forgetCommits();
      run("started anew", topic, settings);
      return bytes;
    }
  }

  private static long run(String name, AnalysesTopic topic, Map<String, String> settings) {
    long told = topic.told();
    long heap = heapAfterCollection();
    Duration busy = processorTime();
    long begin = System.nanoTime();
    try (Recommender recommender = topic.newRecommender(settings)) {
      recommender.start();
      await()
          .atMost(PATIENCE)
          .pollInterval(LOOK)
          .until(() -> recommender.failure().isPresent() || topic.isDone());
      double seconds = (System.nanoTime() - begin) / 1e9;
      double busySeconds = processorTime().minus(busy).toMillis() / 1e3;
      recommender
          .failure()
          .ifPresent(
              failure -> {
                throw new IllegalStateException(failure);
              });
      List<Recommendation> current = recommender.current();
      long bytes = current.stream().mapToLong(Recommendation::sizeBytes).sum();
      OUT.printf(
          Locale.ROOT,
          "  %s: %.1f s (%.1f s of processor), %d recommendations stand (%s), %d events published,"
              + " heap %s more%n",
          name,
          seconds,
          busySeconds,
          current.size(),
          Amounts.bytes(bytes),
          topic.told() - told,
          Amounts.bytes(Math.max(0, heapAfterCollection() - heap)));
      return bytes;
    }
  }

  /** Of the whole process, broker and compiler too: what counts on a busy machine. */
  private static Duration processorTime() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
  }

  private static long heapAfterCollection() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static void largeTable() {
    TableAnalysis large = RandomAnalyses.of(1, 500, 300);
    TableSelector selector = new TableSelector(Policy.DEFAULT, Thresholds.DEFAULT);
    List<Double> seconds = new ArrayList<>();
    TableSelection selection = selector.select(large);
    for (int i = 0; i < WARM_UPS + RUNS; i++) {
      long begin = System.nanoTime();
      selection = selector.select(large);
      if (i >= WARM_UPS) {
        seconds.add((System.nanoTime() - begin) / 1e9);
      }
    }
    OUT.printf(
        Locale.ROOT,
        "one table of %d scans, %d candidates and %d cells: %d chosen, median of %d %.3f s%n",
        large.scans().size(),
        large.candidates().size(),
        large.costs().size(),
        selection.chosen().size(),
        RUNS,
        seconds.stream().sorted().toList().get(RUNS / 2));
  }
}
