package dev.logdex.normalizer.window;

import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;
import dev.logdex.normalizer.event.Sample;
import dev.logdex.normalizer.statement.Parameters;
import dev.logdex.normalizer.text.Utf8;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A bounded collection of distinct samples of one statement. Out of any number it keeps the
 * slowest; a fair choice: the ones with the lowest hash, which is a random choice that does not
 * depend on the order of arrival; and those that come again and again. The last is exact as long as
 * there are not more forms than are held; beyond that, forms are watched for coming again by their
 * hash alone, so that one that comes once costs no copy of it.
 *
 * <p>Of long forms only the slowest and the one with the lowest hash are held: a statement that is
 * mostly literals would fill memory and the store with texts that tell nothing new.
 *
 * <p>The store gets fewer of them than memory holds, and not each change: what goes on from the
 * store may tell other samples than what was not interrupted. Counts are never concerned.
 */
final class SampleSet {
  /** Hash of a form as logged; no seed where samples may be read by anyone who reads windows. */
  static final Hasher64 HASHER = Hashing.xxh3_64();

  /** Stands for the time of a sample no call of which was timed. */
  static final long UNTIMED = -1;

  private static final int FAIR_CHOICE = 5;
  private static final int MOST_HELD = 12;
  private static final int MOST_STORED = 3;
  private static final int MOST_BYTES_HELD = 5 * WindowLimits.MAX_SAMPLE_LENGTH;

  /** A form of more bytes is long. */
  private static final int LONG = 2048;

  private static final int WATCHED = 16;
  private static final long WATCHED_CALLS = 0xFFFF_FFFFL;
  private static final double MICROS_PER_MS = 1000;

  /** What the objects of a sample take in memory, about, without the bytes of its texts. */
  private static final int OBJECTS_BYTES = 200;

  private static final int WATCH_BYTES = WATCHED * Long.BYTES + 16;

  /** Beside the samples, so that looking for one stays within a line or two of memory. */
  private long[] hashes = new long[1];

  /** By hash, the lowest first. */
  private Held[] samples = new Held[1];

  private int size;
  private long bytes;
  private int stored;

  // what a form must beat to be taken into a full collection
  private boolean full;
  private long highestOfFairChoice;
  private long slowestMicros = UNTIMED;
  private long slowestHash;
  private long fewestCalls;

  // what a long form must beat
  private boolean holdsLong;
  private long lowestLong;

  /** In each place the upper half of a form's hash and how often the form came. */
  private long @Nullable [] watched;

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
    if (maxMicros > held.maxMicros) {
      held.maxMicros = maxMicros;
    }
    if (slower(maxMicros, held.hash)) {
      slowestMicros = maxMicros;
      slowestHash = held.hash;
    }
  }

  /**
   * How many calls a form that is not held would stand for if it were taken now; 0 to not take.
   *
   * @param length of the form, in bytes
   */
  long wanted(long hash, long maxMicros, int length) {
    boolean slower = slower(maxMicros, hash);
    if (length > LONG && holdsLong && !slower && Long.compareUnsigned(hash, lowestLong) >= 0) {
      return 0;
    }
    if (!full) {
      return 1;
    }
    long seen = watch(hash);
    boolean fair = Long.compareUnsigned(hash, highestOfFairChoice) < 0;
    return fair || slower || again(seen) ? seen : 0;
  }

  /** Takes a form that is not held; what is given must not change any more. */
  void take(
      long hash,
      Utf8 statement,
      Parameters parameters,
      @Nullable List<@Nullable String> values,
      long calls,
      long maxMicros) {
    insert(new Held(hash, statement, parameters, values, calls, maxMicros));
    trim();
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
    return chosen((1 << size) - 1);
  }

  /** The best of them, most frequent first. */
  List<Sample> best(int most) {
    return chosen(choose(most));
  }

  /** About how many bytes of memory they take. */
  long weight() {
    return bytes + (long) size * OBJECTS_BYTES + (watched == null ? 0 : WATCH_BYTES);
  }

  /** Chooses anew which are for the store; tells whether it has to be given other texts. */
  boolean chooseStored() {
    int chosen = choose(MOST_STORED);
    boolean same = Integer.bitCount(chosen) == stored;
    for (int i = 0; i < size && same; i++) {
      same = (chosen & 1 << i) == 0 || samples[i].storedAt >= 0;
    }
    if (same) {
      return false;
    }
    stored = 0;
    for (int i = 0; i < size; i++) {
      samples[i].storedAt = (chosen & 1 << i) == 0 ? -1 : stored++;
    }
    return true;
  }

  /** Writes what the chosen ones read. */
  void writeTexts(ByteWriter out) {
    out.writeNumber(stored);
    for (int i = 0; i < size; i++) {
      Held held = samples[i];
      if (held.storedAt >= 0) { // they were numbered in this order
        out.writeLong(held.hash);
        write(held.statement, out);
        write(held.parameters.list(), out);
      }
    }
  }

  /**
   * Writes the counts of those whose texts were written last. One that has left since counts as one
   * call: the store would have no sample at all if all of them had, and were dropped for it.
   */
  void writeCounts(ByteWriter out) {
    out.writeNumber(stored);
    for (int number = 0; number < stored; number++) {
      Held held = storedAt(number);
      out.writeNumber(held == null ? 1 : held.calls);
      out.writeNumber(held == null ? 0 : held.maxMicros + 1);
    }
  }

  /** Reads the forms and leaves their counts at nothing. */
  void readTexts(ByteReader in) {
    for (int count = in.readCount(); count > 0; count--) {
      long hash = in.readLong();
      Utf8 statement = readUtf8(in);
      Held held = new Held(hash, statement, Parameters.logged(readUtf8(in)), null, 0, UNTIMED);
      held.storedAt = stored++;
      insert(held);
    }
  }

  void readCounts(ByteReader in) {
    int count = in.readCount();
    for (int number = 0; number < count; number++) {
      long calls = in.readNumber();
      long maxMicros = in.readNumber() - 1;
      Held held = storedAt(number);
      if (held != null) {
        again(indexOf(held.hash), calls, maxMicros);
      }
    }
    trim();
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

  /** A bit for each of the best: the slowest, some that came again, then the fair choice. */
  private int choose(int most) {
    int chosen = 0;
    if (most > 0 && slowestMicros != UNTIMED) {
      chosen |= 1 << indexOf(slowestHash);
    }
    int frequent = 0;
    for (int i = 0; i < most / 2; i++) {
      int next = mostFrequent(frequent);
      if (next < 0 || samples[next].calls <= 1) {
        break;
      }
      frequent |= 1 << next;
      chosen |= Integer.bitCount(chosen) < most ? 1 << next : 0;
    }
    for (int i = 0; i < size && Integer.bitCount(chosen) < most; i++) {
      chosen |= 1 << i;
    }
    return chosen;
  }

  private List<Sample> chosen(int chosen) {
    List<Sample> list = new ArrayList<>(Integer.bitCount(chosen));
    int without = ~chosen;
    for (int i = mostFrequent(without); i >= 0; i = mostFrequent(without)) {
      list.add(samples[i].sample());
      without |= 1 << i;
    }
    return list;
  }

  /** Of equals the one with the lowest hash; -1 when there is none but those without. */
  private int mostFrequent(int without) {
    int found = -1;
    for (int i = 0; i < size; i++) {
      if ((without & 1 << i) == 0 && (found < 0 || samples[i].calls > samples[found].calls)) {
        found = i;
      }
    }
    return found;
  }

  private @Nullable Held storedAt(int number) {
    for (int i = 0; i < size; i++) {
      if (samples[i].storedAt == number) {
        return samples[i];
      }
    }
    return null;
  }

  /** Whether the slowest is not as slow; of equals the one with the lowest hash is the slowest. */
  private boolean slower(long micros, long hash) {
    return micros > slowestMicros
        || (micros == slowestMicros
            && micros != UNTIMED
            && Long.compareUnsigned(hash, slowestHash) < 0);
  }

  /**
   * Counts a form that is not held, in a place that it shares with others: each of them takes from
   * the count of the other, so one that comes often stays.
   */
  private long watch(long hash) {
    if (watched == null) {
      watched = new long[WATCHED];
    }
    int place = (int) (hash >>> 7) & (WATCHED - 1);
    long there = watched[place];
    long calls = there & WATCHED_CALLS;
    if (calls > 0 && (there ^ hash) >>> 32 == 0) {
      long seen = Math.min(calls + 1, WATCHED_CALLS);
      watched[place] = (hash & ~WATCHED_CALLS) | seen;
      return seen;
    }
    watched[place] = calls > 1 ? there - 1 : (hash & ~WATCHED_CALLS) | 1;
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
    int worst = worst();
    fewestCalls = worst < FAIR_CHOICE ? 0 : samples[worst].calls;
    return fewestCalls;
  }

  private void insert(Held held) {
    if (size == samples.length) {
      samples = Arrays.copyOf(samples, 2 * size);
      hashes = Arrays.copyOf(hashes, 2 * size);
    }
    int at = size;
    while (at > 0 && Long.compareUnsigned(hashes[at - 1], held.hash) > 0) {
      samples[at] = samples[at - 1];
      hashes[at] = hashes[at - 1];
      at--;
    }
    samples[at] = held;
    hashes[at] = held.hash;
    size++;
    bytes += held.bytes();
    if (slower(held.maxMicros, held.hash)) {
      slowestMicros = held.maxMicros;
      slowestHash = held.hash;
    }
  }

  private void remove(int index) {
    bytes -= samples[index].bytes();
    size--;
    System.arraycopy(samples, index + 1, samples, index, size - index);
    System.arraycopy(hashes, index + 1, hashes, index, size - index);
    Arrays.fill(samples, size, size + 1, null);
  }

  /** Keeps the best within the bounds. */
  private void trim() {
    trimLong();
    while (size > MOST_HELD || (bytes > MOST_BYTES_HELD && size > 1)) {
      full = true;
      remove(worst());
    }
    full |= size == MOST_HELD;
    if (full) {
      highestOfFairChoice = hashes[Math.min(size, FAIR_CHOICE) - 1];
      fewestCalls();
    }
  }

  private void trimLong() {
    holdsLong = false;
    for (int i = 0; i < size; i++) {
      if (samples[i].bytes() > LONG) {
        if (!holdsLong) {
          holdsLong = true;
          lowestLong = hashes[i];
        } else if (hashes[i] != slowestHash || slowestMicros == UNTIMED) {
          remove(i--);
        }
      }
    }
  }

  /**
   * The one that is missed least: neither the slowest nor, while there are others, of the fair
   * choice; rare before frequent. Only asked for when at least one is held.
   */
  private int worst() {
    int worst = -1;
    for (int i = size - 1; i >= FAIR_CHOICE; i--) {
      if (!isSlowest(i) && (worst < 0 || samples[i].calls < samples[worst].calls)) {
        worst = i;
      }
    }
    if (worst >= 0) {
      return worst;
    }
    int last = size - 1;
    return last > 0 && isSlowest(last) ? last - 1 : last;
  }

  private boolean isSlowest(int index) {
    return hashes[index] == slowestHash && slowestMicros != UNTIMED;
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

    /** Its number among those in the store; -1 when it is not there. */
    private int storedAt = -1;

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
