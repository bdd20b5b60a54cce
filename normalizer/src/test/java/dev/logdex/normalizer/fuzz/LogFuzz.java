package dev.logdex.normalizer.fuzz;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Reads damaged logs for a while: {@code LogFuzz [minutes [first seed]]}. Prints how much was read
 * and what the heap holds; ends at the first thing that is thrown or vanishes, with its seed.
 */
public final class LogFuzz {
  private static final Duration TELL_EVERY = Duration.ofSeconds(30);

  private LogFuzz() {}

  @SuppressWarnings("SystemOut") // a program to be run by hand
  public static void main(String[] args) {
    Duration length =
        Duration.ofSeconds(args.length > 0 ? (long) (Double.parseDouble(args[0]) * 60) : 60);
    long seed = args.length > 1 ? Long.parseLong(args[1]) : ThreadLocalRandom.current().nextInt();
    System.out.println("first seed " + seed);
    FuzzCorpus corpus = new FuzzCorpus();
    Instant begin = Instant.now();
    Instant told = begin;
    long rounds = 0;
    long bytes = 0;
    while (Instant.now().isBefore(begin.plus(length))) {
      bytes += FuzzRound.run(seed + rounds, corpus);
      rounds++;
      if (Instant.now().isAfter(told.plus(TELL_EVERY))) {
        told = Instant.now();
        tell(begin, rounds, bytes);
      }
    }
    tell(begin, rounds, bytes);
  }

  @SuppressWarnings("SystemOut")
  private static void tell(Instant begin, long rounds, long bytes) {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    System.out.printf(
        "%4d s  %,d rounds  %,d MB read  heap after collection %d MB%n",
        Duration.between(begin, Instant.now()).toSeconds(),
        rounds,
        bytes >> 20,
        (runtime.totalMemory() - runtime.freeMemory()) >> 20);
  }
}
