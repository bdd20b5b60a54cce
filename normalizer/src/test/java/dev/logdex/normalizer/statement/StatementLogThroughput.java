package dev.logdex.normalizer.statement;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logdex.normalizer.event.DeadLetterReason;
import dev.logdex.normalizer.logline.LineWord;
import dev.logdex.normalizer.text.Place;
import dev.logdex.normalizer.text.Utf8;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Says how much of one core's time an entry takes, by form, with what is allocated for it. Run by
 * hand: the test class path, this class's main method.
 */
final class StatementLogThroughput {
  private static final int ENTRIES = 1000;
  private static final int ROUNDS = 1000;
  private static final String SQL =
      "SELECT abalance, bid FROM pgbench_accounts a JOIN pgbench_branches b USING (bid) WHERE aid ="
          + " 4711 AND b.bbalance > 17 ORDER BY abalance LIMIT 10";

  private static long seen;

  private StatementLogThroughput() {}

  public static void main(String[] args) {
    PrintStream out = new PrintStream(System.out, true, UTF_8);
    report(out, "statement", List.of("duration: 0.297 ms  statement: " + SQL), null);
    report(
        out,
        "execute, parameters",
        List.of("duration: 0.297 ms  execute S_12/C_1: " + SQL),
        "parameters: $1 = '4711', $2 = '17'");
    report(out, "parse", List.of("duration: 0.297 ms  parse <unnamed>: " + SQL), null);
    report(out, "announced + duration", List.of("statement: " + SQL, "duration: 0.297 ms"), null);
    report(out, "checkpoint", List.of("checkpoint complete: wrote 78 buffers (0.5%); 0 WAL"), null);
    report(out, "German", List.of("Dauer: 0.297 ms  Ausführen S_12/C_1: " + SQL), null);
    report(out, "Japanese", List.of("期間: 0.297 ミリ秒  文: " + SQL), null);
  }

  private static void report(
      PrintStream out, String form, List<String> messages, @Nullable String detail) {
    List<LogEntry> entries = entries(messages, detail);
    StatementLog log = new StatementLog(10_000, 64 << 20, new Counting());
    long best = Long.MAX_VALUE;
    long bytes = 0;
    for (int pass = 0; pass < 10; pass++) {
      long allocated = allocated();
      long start = cpuNanos();
      for (int round = 0; round < ROUNDS; round++) {
        for (LogEntry entry : entries) {
          log.message(entry);
        }
      }
      best = Math.min(best, cpuNanos() - start);
      bytes = allocated() - allocated;
    }
    double calls = (double) ROUNDS * entries.size();
    out.printf(
        Locale.ROOT,
        "%-22s %7.1f ns/entry %7.1f bytes/entry   (%d)%n",
        form,
        best / calls,
        bytes / calls,
        seen);
  }

  private static List<LogEntry> entries(List<String> messages, @Nullable String detail) {
    List<LogEntry> entries = new ArrayList<>();
    Instant at = Instant.parse("2026-11-21T10:00:00Z");
    for (int i = 0; i < ENTRIES; i++) {
      Utf8 text = Utf8.of("LOG:  " + messages.get(i % messages.size()));
      entries.add(
          new LogEntry(
              LineWord.LOG,
              null,
              "shop",
              "app",
              "",
              "backend" + (i / messages.size()) % 50,
              "",
              -1,
              0,
              at.plusMillis(i),
              at.plusMillis(i),
              text.part(6),
              detail == null ? null : Utf8.of(detail),
              null,
              null,
              new Place("place", i)));
    }
    return entries;
  }

  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static long allocated() {
    return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
        .getCurrentThreadAllocatedBytes();
  }

  private static final class Counting implements StatementLog.Outlet {
    @Override
    public void execution(Execution execution) {
      seen += execution.statement().length();
    }

    @Override
    public void event(StatementEvent event) {
      seen++;
    }

    @Override
    public void plan(LoggedPlan plan) {
      seen++;
    }

    @Override
    public void rejected(LogEntry message, DeadLetterReason reason, String detail) {
      seen++;
    }
  }
}
