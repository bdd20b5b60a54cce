package dev.logdex.normalizer.benchmark;

import java.util.Collection;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Runs the benchmarks and prints a table of megabytes per second, each beside its ratio to a plain
 * pass over the same bytes in the same run. Arguments are JMH's.
 *
 * <p>The figure of a benchmark is that of its fastest iteration: whatever else runs on the machine
 * only makes the others slower.
 */
public final class Benchmarks {
  private static final String MEMORY = "memory";

  private Benchmarks() {}

  public static void main(String[] args) throws RunnerException, CommandLineOptionException {
    CommandLineOptions options = new CommandLineOptions(args);
    OptionsBuilder all = new OptionsBuilder();
    all.parent(options);
    if (options.getIncludes().isEmpty()) {
      all.include(Benchmarks.class.getPackageName());
    }
    print(new Runner(all.build()).run());
  }

  private static void print(Collection<RunResult> results) {
    Map<Corpus, Map<String, Double>> table = new EnumMap<>(Corpus.class);
    for (RunResult result : results) {
      Corpus corpus = Corpus.valueOf(result.getParams().getParam("corpus"));
      String[] name = result.getParams().getBenchmark().split("\\.", -1);
      double best = result.getAggregatedResult().getPrimaryResult().getStatistics().getMin();
      table
          .computeIfAbsent(corpus, key -> new TreeMap<>())
          .put(name[name.length - 1], corpus.texts().bytes().length / best);
    }
    System.out.println("| corpus | pass | MB/s | ratio to memory |\n|---|---|---:|---:|");
    table.forEach(
        (corpus, passes) ->
            passes.forEach((pass, speed) -> row(corpus, pass, speed, passes.get(MEMORY))));
  }

  private static void row(Corpus corpus, String pass, double speed, Double memory) {
    System.out.printf(
        Locale.ROOT,
        "| %s | %s | %.0f | %s |%n",
        corpus,
        pass,
        speed,
        memory == null ? "" : String.format(Locale.ROOT, "%.3f", speed / memory));
  }
}
