package dev.logdex.normalizer.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logdex.normalizer.event.DeadLetter;
import dev.logdex.normalizer.event.DeadLetterReason;
import dev.logdex.normalizer.fingerprint.StatementNormalizer;
import dev.logdex.normalizer.logentry.InspectableLog;
import dev.logdex.normalizer.logentry.LogSettings;
import dev.logdex.normalizer.logentry.LogSink;
import dev.logdex.normalizer.logentry.SourceLogs;
import dev.logdex.normalizer.statement.Execution;
import dev.logdex.normalizer.statement.LogEntry;
import dev.logdex.normalizer.statement.LoggedPlan;
import dev.logdex.normalizer.statement.StatementEvent;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Reads one damaged stretch of log, as a seed chooses it, and sees that nothing is thrown and that
 * nothing vanishes.
 *
 * <p>Whole, well-formed statements of a process that is nobody else's stand among the damaged
 * lines. Each of them must be told once as an execution, or a dead letter must stand at its place;
 * and a restart in the middle must change nothing of that.
 */
final class FuzzRound {
  private static final Instant ARRIVED = Instant.parse("2026-11-21T12:00:00Z");
  private static final LogSettings SMALL =
      new LogSettings(null, null, 4096, 8, 64 << 10, Duration.ofSeconds(10));

  private final long seed;
  private final Random random;
  private final FuzzCorpus corpus;
  private final Seen seen = new Seen();
  private final Map<String, byte[]> pieces = new HashMap<>();
  private long bytes;

  private FuzzRound(long seed, FuzzCorpus corpus) {
    this.seed = seed;
    this.random = new Random(seed);
    this.corpus = corpus;
  }

  /**
   * Does one round.
   *
   * @return how many bytes were read
   * @throws AssertionError that names the seed when something is thrown or vanishes
   */
  static long run(long seed, FuzzCorpus corpus) {
    FuzzRound round = new FuzzRound(seed, corpus);
    try {
      round.run();
    } catch (RuntimeException | StackOverflowError e) {
      throw new AssertionError("seed " + seed + " throws", e);
    }
    return round.bytes + (round.seen.chars == Long.MIN_VALUE ? 1 : 0); // reads what was decoded
  }

  private void run() {
    FuzzCorpus.Form form = corpus.any(random);
    FuzzCorpus.Form other = corpus.any(random);
    LogMutator mutator = new LogMutator(random);
    List<byte[]> lines = mutator.damage(form.stretch(random), other.stretch(random));
    LogSettings settings = random.nextBoolean() ? LogSettings.defaults() : SMALL;
    InspectableLog log = open(settings);
    Map<Integer, String> sentinels = new HashMap<>();
    int record = 0;
    int at = 0;
    while (at < lines.size()) {
      int count = 1 + random.nextInt(random.nextBoolean() ? 1 : 20);
      ByteArrayOutputStream value = new ByteArrayOutputStream();
      for (int i = 0; i < count && at < lines.size(); i++) {
        value.writeBytes(lines.get(at++));
        value.write('\n');
      }
      accept(log, value.toByteArray(), record++);
      if (form.sentinel() != null && !other.mayHoldLines() && random.nextInt(4) == 0) {
        String mark = "s" + seed + "_" + record;
        accept(log, form.sentinel(mark).getBytes(UTF_8), record);
        sentinels.put(record++, mark);
      }
      if (random.nextInt(10) == 0) {
        log.drainChanges(this::keep);
        log = SourceLogs.restore("source", settings, seen, pieces.entrySet());
      }
      if (random.nextInt(40) == 0) {
        log.settle();
      }
    }
    log.flush();
    log.drainChanges(this::keep);
    seen.chars += log.facts().lines();
    sentinels.forEach(this::checkSentinel);
    if (seen.reasons.contains(DeadLetterReason.INTERNAL)) {
      throw new AssertionError("seed " + seed + " meets a defect");
    }
  }

  private InspectableLog open(LogSettings settings) {
    return SourceLogs.open("source", settings, seen);
  }

  private void accept(InspectableLog log, byte[] value, int record) {
    bytes += value.length;
    // within a larger array, as a block of a file is, and the array is written over afterwards
    byte[] block = new byte[value.length + 20];
    System.arraycopy(value, 0, block, 10, value.length);
    log.accept(block, 10, value.length, "r" + record, ARRIVED);
    random.nextBytes(block);
  }

  private void keep(String name, byte[] piece) {
    if (piece == null) {
      pieces.remove(name);
    } else {
      pieces.put(name, piece);
    }
  }

  private void checkSentinel(int record, String mark) {
    int told = seen.sentinels.getOrDefault(mark, 0);
    boolean rejected = seen.places.contains("r" + record + ":1");
    if (told != (rejected ? 0 : 1)) {
      throw new AssertionError(
          "seed %d: the statement of record %d was told %d times, rejected %s"
              .formatted(seed, record, told, rejected));
    }
  }

  private static final class Seen implements LogSink {
    private final StatementNormalizer normalizer = new StatementNormalizer();
    private final Map<String, Integer> sentinels = new HashMap<>();
    private final Set<String> places = new HashSet<>();
    private final List<DeadLetterReason> reasons = new ArrayList<>();
    private long chars;

    @Override
    public void entry(LogEntry entry) {
      chars += entry.text().toString().length();
    }

    @Override
    public void execution(Execution execution) {
      var text = execution.statement();
      if (normalizer.read(text.bytes(), text.from(), text.length())) {
        chars += normalizer.text().length() + normalizer.tags().size();
        chars += normalizer.complete() ? normalizer.fingerprint().bits() : 0;
      }
      chars += execution.parameters().values().size();
      String statement = text.toString();
      if (statement.startsWith("SELECT 'sentinel ")) {
        // a stray continuation may have come after it
        sentinels.merge(statement.substring(17, statement.indexOf('\'', 17)), 1, Integer::sum);
      }
    }

    @Override
    public void event(StatementEvent event) {
      chars += event.statement().toString().length();
    }

    @Override
    public void plan(LoggedPlan plan) {
      chars += plan.plan().toString().length();
    }

    @Override
    public void rejected(DeadLetter letter) {
      places.add(letter.place());
      reasons.add(letter.reason());
    }
  }
}
