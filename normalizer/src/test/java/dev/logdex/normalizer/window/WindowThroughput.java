package dev.logdex.normalizer.window;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logdex.normalizer.event.QueryWindow;
import dev.logdex.normalizer.fingerprint.StatementNormalizer;
import dev.logdex.normalizer.statement.Execution;
import dev.logdex.normalizer.statement.Parameters;
import dev.logdex.normalizer.text.Place;
import dev.logdex.normalizer.text.Utf8;
import dev.logdex.runtime.EventJson;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Measures what it takes to add an execution to its window, without the reading of its statement,
 * and how many bytes windows take where they are kept. Run by hand: {@code mvn -pl normalizer -am
 * test-compile}, then {@code java -cp …} this class.
 */
public final class WindowThroughput {
  private static final int FINGERPRINTS = 1000;
  private static final int FORMS = 50;
  private static final int ROUNDS = 10;
  private static final int WARM_UP = 4;
  private static final Instant START = Instant.parse("2026-01-01T10:00:00Z");
  private static final Place PLACE = new Place("0:0", 1);

  private final StatementNormalizer normalizer = new StatementNormalizer();
  private final byte[][] statements = new byte[FINGERPRINTS * FORMS][];
  private final Execution[] executions = new Execution[FINGERPRINTS * FORMS];

  private WindowThroughput(boolean parameters) {
    for (int i = 0; i < executions.length; i++) {
      int statement = i % FINGERPRINTS;
      int value = i / FINGERPRINTS;
      String text =
          "SELECT o.id, o.placed_at, c.name FROM orders_"
              + word(statement)
              + " o JOIN customers c ON c.id = o.customer_id WHERE o.id = "
              + (parameters ? "$1" : String.valueOf(value * 7919))
              + " ORDER BY o.placed_at DESC LIMIT 20";
      statements[i] = text.getBytes(UTF_8);
      executions[i] =
          new Execution(
              "shop",
              "web",
              Utf8.view(statements[i], 0, statements[i].length),
              parameters ? Parameters.of(List.of(String.valueOf(value * 7919))) : Parameters.NONE,
              START.plusMillis(i % 60_000),
              0.05 + (i * 7919 % 10_000) / 1000.0,
              0,
              PLACE);
    }
  }

  private static String word(int number) {
    return new String(
        new char[] {
          (char) ('a' + number / 100), (char) ('a' + number / 10 % 10), (char) ('a' + number % 10)
        });
  }

  /** Prints one line for each kind of log. */
  public static void main(String[] arguments) {
    for (boolean parameters : new boolean[] {false, true}) {
      for (SampleMode mode : SampleMode.values()) {
        new WindowThroughput(parameters).measure(parameters ? "parameters" : "literals", mode);
      }
    }
    measureMillion();
  }

  private void measure(String name, SampleMode mode) {
    WindowLimits limits =
        new WindowLimits(Duration.ofMinutes(1), mode, "key", 5, 16_384, 65_536, 32_768);
    long best = Long.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      OpenWindows windows = new OpenWindows(limits, WindowCaps.DEFAULT);
      run(windows, true); // windows exist, and the readings are warm
      long reading = time(windows, false);
      long adding = time(windows, true);
      best = round < WARM_UP ? best : Math.min(best, adding - reading);
    }
    OpenWindows windows = new OpenWindows(limits, WindowCaps.DEFAULT);
    run(windows, true);
    run(windows, true);
    Sizes first = drain(windows);
    run(windows, true);
    Sizes next = drain(windows);
    long weight = windows.weight();
    List<QueryWindow> taken = windows.takeAll();
    long json = taken.stream().mapToLong(window -> EventJson.write(window).length).sum();
    long binary = taken.stream().mapToLong(window -> WindowCodec.write(window).length).sum();
    System.out.printf(
        "%-10s %-6s %4d ns/add; bytes per window: first commit %d, later commit %d (%.2f pieces),"
            + " binary part %d, JSON %d, memory about %d%n",
        name,
        mode,
        best / executions.length,
        first.bytes / FINGERPRINTS,
        next.bytes / FINGERPRINTS,
        (double) next.pieces / FINGERPRINTS,
        binary / FINGERPRINTS,
        json / FINGERPRINTS,
        weight / FINGERPRINTS);
  }

  /** A statement that never comes again, a million times: memory must stay within its cap. */
  private static void measureMillion() {
    StatementNormalizer normalizer = new StatementNormalizer();
    OpenWindows windows =
        new OpenWindows(WindowLimits.DEFAULT, new WindowCaps(100_000, 64L << 20, 2_000_000));
    long heaviest = 0;
    long handedOn = 0;
    long start = cpuNanos();
    for (int i = 0; i < 1_000_000; i++) {
      byte[] text =
          ("select * from t_" + Integer.toString(i, 26).replaceAll("[0-9]", "z$0z") + "q")
              .getBytes(UTF_8);
      normalizer.read(text, 0, text.length);
      windows.add(
          new Execution(
              "shop",
              "web",
              Utf8.view(text, 0, text.length),
              Parameters.NONE,
              START,
              1.0,
              0,
              PLACE),
          normalizer);
      heaviest = Math.max(heaviest, windows.weight());
      handedOn += windows.takeOverflow().size();
    }
    System.out.printf(
        "a million fingerprints: %d ns each with reading, at most %d MB held by our account, %d handed"
            + " on early%n",
        (cpuNanos() - start) / 1_000_000, heaviest >> 20, handedOn);
    OpenWindows held =
        new OpenWindows(WindowLimits.DEFAULT, new WindowCaps(100_000, 1L << 40, 2_000_000));
    System.gc();
    long before = used();
    for (int i = 0; i < 50_000; i++) {
      byte[] text =
          ("select * from t_" + Integer.toString(i, 26).replaceAll("[0-9]", "z$0z") + "q")
              .getBytes(UTF_8);
      normalizer.read(text, 0, text.length);
      held.add(
          new Execution(
              "shop",
              "web",
              Utf8.view(text, 0, text.length),
              Parameters.NONE,
              START,
              1.0,
              0,
              PLACE),
          normalizer);
    }
    System.gc();
    System.out.printf(
        "50,000 windows of one call: heap %d bytes each, by our account %d%n",
        (used() - before) / 50_000, held.weight() / 50_000);
  }

  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static long used() {
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  private long time(OpenWindows windows, boolean add) {
    long start = cpuNanos();
    run(windows, add);
    return cpuNanos() - start;
  }

  private void run(OpenWindows windows, boolean add) {
    for (int i = 0; i < executions.length; i++) {
      normalizer.read(statements[i], 0, statements[i].length);
      if (add) {
        windows.add(executions[i], normalizer);
      }
    }
  }

  private static Sizes drain(OpenWindows windows) {
    Sizes sizes = new Sizes();
    windows.drainChanges(
        (name, piece) -> {
          sizes.pieces++;
          sizes.bytes += name.length() + (piece == null ? 0 : piece.length);
        });
    return sizes;
  }

  private static final class Sizes {
    private long pieces;
    private long bytes;
  }
}
