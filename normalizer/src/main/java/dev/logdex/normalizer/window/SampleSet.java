package dev.logdex.normalizer.window;

import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;
import dev.logdex.normalizer.event.Sample;
import dev.logdex.normalizer.statement.Parameters;
import dev.logdex.normalizer.text.Utf8;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A bounded collection of distinct samples of one statement. Out of any number it keeps the
 * slowest; a fair choice: the ones with the lowest hash, which is a random choice that does not
 * depend on the order of arrival; and those that come again and again. The last is exact as long as
 * there are not more forms than are held; beyond that, forms are watched for coming again by their
 * hash alone, so that one that comes once costs no copy of it.
 */
final class SampleSet {
  /** Hash of a form as logged; no seed where samples may be read by anyone who reads windows. */
  static final Hasher64 HASHER = Hashing.xxh3_64();

  /** Stands for the time of a sample no call of which was timed. */
  static final long UNTIMED = -1;

  private static final int FAIR_CHOICE = 5;
  private static final int MOST_HELD = 12;
  private static final int MOST_BYTES_HELD = 5 * WindowLimits.MAX_SAMPLE_LENGTH;
  private static final int WATCHED = 32;
  private static final double MICROS_PER_MS = 1000;

  /** What the objects of a sample take in memory, about, without the bytes of its texts. */
  private static final int OBJECTS_BYTES = 200;

  private static final int WATCH_BYTES = WATCHED * (Long.BYTES + Integer.BYTES) + 64;

  private static final Comparator<Held> BY_HASH =
      Comparator.comparingLong(held -> held.hash ^ Long.MIN_VALUE);
  private static final Comparator<Held> SLOWEST_FIRST =
      Comparator.comparingLong((Held held) -> -held.maxMicros).thenComparing(BY_HASH);
  private static final Comparator<Held> MOST_FREQUENT_FIRST =
      Comparator.comparingLong((Held held) -> -held.calls).thenComparing(BY_HASH);

  /** Beside the samples, so that looking for one stays within a line or two of memory. */
  private long[] hashes = new long[1];

  private Held[] samples = new Held[1];
  private int size;
  private long bytes;

  // what a form must beat to be taken into a full collection
  private boolean full;
  private long highestOfFairChoice;
  private long slowestMicros;
  private long fewestCalls;

  private long @Nullable [] watched;
  private int[] watchedCalls = {};

  /** The number of a form that is held; -1 when it is not. Numbers hold until one is taken. */
  int indexOf(long hash) {
    for (int i = 0; i < size; i++) {
      if (hashes[i] == hash) {
        return i;
      }
    }
    return -1;
  }

  /** Adds calls of a form that is held. */
  void again(int index, long calls, long maxMicros) {
    Held held = samples[index];
    held.calls += calls;
    held.maxMicros = Math.max(held.maxMicros, maxMicros);
  }

  /** How many calls a form that is not held would stand for if it were taken now; 0 to not take. */
  long wanted(long hash, long maxMicros) {
    if (!full) {
      return 1;
    }
    long seen = watch(hash);
    boolean fair = Long.compareUnsigned(hash, highestOfFairChoice) < 0;
    return fair || maxMicros > slowestMicros || again(seen) ? seen : 0;
  }

  /** Takes a form that is not held; what is given must not change any more. */
  void take(
      long hash,
      Utf8 statement,
      Parameters parameters,
      @Nullable List<@Nullable String> values,
      long calls,
      long maxMicros) {
    if (size == samples.length) {
      int room = Math.min(MOST_HELD + 1, 2 * size);
      samples = Arrays.copyOf(samples, room);
      hashes = Arrays.copyOf(hashes, room);
    }
    Held held = new Held(hash, statement, parameters, values, calls, maxMicros);
    samples[size] = held;
    hashes[size] = hash;
    size++;
    bytes += held.bytes();
    if (size >= MOST_HELD || bytes > MOST_BYTES_HELD) {
      trim();
    }
  }

  /** Adds calls of a form; one that is there already is made more frequent. */
  void add(Sample sample) {
    Parameters parameters = Parameters.of(sample.parameters());
    Utf8 statement = Utf8.of(sample.statement());
    long hash = hash(HASHER, statement, parameters);
    long micros =
        sample.maxTimeMs() == null ? UNTIMED : Math.round(sample.maxTimeMs() * MICROS_PER_MS);
    int index = indexOf(hash);
    if (index >= 0) {
      again(index, sample.calls(), micros);
    } else {
      take(hash, statement, parameters, sample.parameters(), sample.calls(), micros);
    }
  }

  void addAll(List<Sample> more) {
    more.forEach(this::add);
  }

  /** Everything held, in no order that means anything. */
  List<Sample> all() {
    return held().map(Held::sample).toList();
  }

  /** The best of them, most frequent first. */
  List<Sample> best(int most) {
    Set<Held> chosen = new LinkedHashSet<>();
    if (most > 0) {
      held().filter(held -> held.maxMicros != UNTIMED).min(SLOWEST_FIRST).ifPresent(chosen::add);
    }
    held()
        .filter(held -> held.calls > 1)
        .sorted(MOST_FREQUENT_FIRST)
        .limit(most / 2)
        .forEach(held -> addUpTo(most, chosen, held));
    held().sorted(BY_HASH).forEach(held -> addUpTo(most, chosen, held));
    return chosen.stream().sorted(MOST_FREQUENT_FIRST).map(Held::sample).toList();
  }

  /** About how many bytes of memory they take. */
  long weight() {
    return bytes + (long) size * OBJECTS_BYTES + (watched == null ? 0 : WATCH_BYTES);
  }

  void writeTexts(ByteWriter out) {
    out.writeNumber(size);
    held()
        .forEach(
            held -> {
              out.writeLong(held.hash);
              write(held.statement, out);
              write(held.parameters.list(), out);
            });
  }

  void writeCounts(ByteWriter out) {
    out.writeNumber(size);
    for (int i = 0; i < size; i++) {
      out.writeNumber(samples[i].calls);
      out.writeNumber(samples[i].maxMicros + 1);
    }
  }

  /** Reads the forms and leaves their counts at nothing. */
  void readTexts(ByteReader in) {
    for (int count = in.readCount(); count > 0; count--) {
      long hash = in.readLong();
      Utf8 statement = readUtf8(in);
      take(hash, statement, Parameters.logged(readUtf8(in)), null, 0, UNTIMED);
    }
  }

  void readCounts(ByteReader in) {
    int count = in.readCount();
    for (int i = 0; i < count; i++) {
      long calls = in.readNumber();
      long maxMicros = in.readNumber() - 1;
      if (i < size) {
        again(i, calls, maxMicros);
      }
    }
    if (full) {
      trim(); // what it takes to be kept depends on the counts
    }
  }

  /** Of a statement and its parameters as logged. */
  static long hash(Hasher64 hasher, Utf8 statement, Parameters parameters) {
    long hash = hasher.hashBytesToLong(statement.bytes(), statement.from(), statement.length());
    if (parameters.isEmpty()) {
      return hash;
    }
    Utf8 list = parameters.list();
    // an odd factor, so that what is in the statement and what is in the list cannot cancel out
    return hash * 0x9E3779B97F4A7C15L
        + hasher.hashBytesToLong(list.bytes(), list.from(), list.length());
  }

  private Stream<Held> held() {
    return Arrays.stream(samples, 0, size);
  }

  private static void addUpTo(int most, Set<Held> chosen, Held held) {
    if (chosen.size() < most) {
      chosen.add(held);
    }
  }

  /**
   * Counts a form that is not held, in a place that it shares with others: each of them takes from
   * the count of the other, so one that comes often stays.
   */
  private int watch(long hash) {
    if (watched == null) {
      watched = new long[WATCHED];
      watchedCalls = new int[WATCHED];
    }
    int place = (int) (hash >>> 7) & (WATCHED - 1);
    if (watched[place] == hash) {
      return ++watchedCalls[place];
    }
    if (--watchedCalls[place] <= 0) {
      watched[place] = hash;
      watchedCalls[place] = 1;
    }
    return 1;
  }

  /**
   * Whether a form has come far more often than one that it could take the place of. Not merely
   * more often: equally frequent forms would take turns, and each turn is a copy.
   */
  private boolean again(long seen) {
    return seen > 1 && seen > 2 * fewestCalls && seen > 2 * fewestCalls();
  }

  /** Counts of what is held only grow, so the figure of before is a bound that saves looking. */
  private long fewestCalls() {
    fewestCalls =
        byWorth().stream().skip(1L + FAIR_CHOICE).mapToLong(held -> held.calls).min().orElse(0);
    return fewestCalls;
  }

  /** Keeps the best within the bounds. */
  private void trim() {
    Held[] kept = new Held[MOST_HELD + 1];
    int count = 0;
    long keptBytes = 0;
    for (Held held : byWorth()) {
      long wanted = keptBytes + held.bytes();
      if (count < MOST_HELD && wanted <= MOST_BYTES_HELD) {
        kept[count++] = held;
        keptBytes = wanted;
      }
    }
    samples = kept;
    hashes = new long[MOST_HELD + 1];
    for (int i = 0; i < count; i++) {
      hashes[i] = kept[i].hash;
    }
    size = count;
    bytes = keptBytes;
    full = true;
    highestOfFairChoice =
        held()
            .sorted(BY_HASH)
            .skip(FAIR_CHOICE - 1L)
            .findFirst()
            .map(held -> held.hash)
            .orElse(-1L);
    slowestMicros = held().mapToLong(held -> held.maxMicros).max().orElse(UNTIMED);
    fewestCalls();
  }

  /** The slowest, the fair choice, then the others, frequent before rare. */
  private Set<Held> byWorth() {
    Set<Held> ranked = new LinkedHashSet<>();
    held().min(SLOWEST_FIRST).ifPresent(ranked::add);
    held().sorted(BY_HASH).limit(FAIR_CHOICE).forEach(ranked::add);
    held().sorted(MOST_FREQUENT_FIRST).forEach(ranked::add);
    return ranked;
  }

  private static void write(Utf8 text, ByteWriter out) {
    out.writeBytes(text.bytes(), text.from(), text.to());
  }

  private static Utf8 readUtf8(ByteReader in) {
    byte[] bytes = in.readBytes();
    return Utf8.view(bytes, 0, bytes.length);
  }

  private static final class Held {
    private final long hash;
    private final Utf8 statement;
    private final Parameters parameters;
    private final @Nullable List<@Nullable String> values;
    private long calls;
    private long maxMicros;

    Held(
        long hash,
        Utf8 statement,
        Parameters parameters,
        @Nullable List<@Nullable String> values,
        long calls,
        long maxMicros) {
      this.hash = hash;
      this.statement = statement;
      this.parameters = parameters;
      this.values = values;
      this.calls = calls;
      this.maxMicros = maxMicros;
    }

    int bytes() {
      return statement.length() + parameters.list().length();
    }

    Sample sample() {
      return new Sample(
          statement.toString(),
          values == null ? parameters.values() : values,
          calls,
          maxMicros == UNTIMED ? null : maxMicros / MICROS_PER_MS);
    }
  }
}
