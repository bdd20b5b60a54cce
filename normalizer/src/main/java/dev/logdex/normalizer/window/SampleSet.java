package dev.logdex.normalizer.window;

import com.dynatrace.hash4j.hashing.HashStream64;
import com.dynatrace.hash4j.hashing.Hashing;
import dev.logdex.normalizer.event.Sample;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A bounded collection of distinct samples of one statement. Out of any number it keeps the
 * slowest, those that come again and again, and a fair choice of the others: the ones with the
 * lowest hash, which is a random choice that does not depend on the order of arrival.
 */
final class SampleSet {
  private static final int MOST_HELD = 16;
  private static final int MOST_LENGTH_HELD = 5 * WindowLimits.MAX_SAMPLE_LENGTH;
  private static final int FAIR_CHOICE = 5;

  /** What the objects of a sample take in memory, about, without the characters of its texts. */
  private static final int OBJECTS_BYTES = 300;

  private static final Comparator<Held> BY_HASH =
      Comparator.comparingLong(held -> held.hash ^ Long.MIN_VALUE);
  private static final Comparator<Held> SLOWEST_FIRST =
      Comparator.comparing(
              (Held held) -> held.sample.maxTimeMs(),
              Comparator.nullsLast(Comparator.reverseOrder()))
          .thenComparing(BY_HASH);
  private static final Comparator<Held> MOST_FREQUENT_FIRST =
      Comparator.comparingLong((Held held) -> -held.sample.calls()).thenComparing(BY_HASH);

  /** In the order of arrival. */
  private final Map<Form, Held> samples = new LinkedHashMap<>();

  private long length;

  /** Adds calls of a form of the statement; a form that is there already is made more frequent. */
  void add(Sample sample) {
    Form form = new Form(sample.statement(), sample.parameters());
    Held held = samples.get(form);
    if (held == null) {
      samples.put(form, new Held(sample, hash(sample), samples.size()));
      length += length(sample);
      if (samples.size() > 2 * MOST_HELD || length > 2 * MOST_LENGTH_HELD) {
        trim();
      }
    } else {
      held.sample = sum(held.sample, sample);
    }
  }

  void addAll(List<Sample> more) {
    more.forEach(this::add);
  }

  /** Everything held, in the order of arrival, to be added to later. */
  List<Sample> all() {
    trim();
    return samples.values().stream().map(held -> held.sample).toList();
  }

  /** The best of them, most frequent first. */
  List<Sample> best(int most) {
    Set<Held> chosen = new LinkedHashSet<>();
    if (most > 0) {
      samples.values().stream()
          .filter(held -> held.sample.maxTimeMs() != null)
          .min(SLOWEST_FIRST)
          .ifPresent(chosen::add);
    }
    samples.values().stream()
        .filter(held -> held.sample.calls() > 1)
        .sorted(MOST_FREQUENT_FIRST)
        .limit(most / 2)
        .forEach(held -> addUpTo(most, chosen, held));
    samples.values().stream().sorted(BY_HASH).forEach(held -> addUpTo(most, chosen, held));
    return chosen.stream().sorted(MOST_FREQUENT_FIRST).map(held -> held.sample).toList();
  }

  /** About how many bytes of memory they take. */
  long weight() {
    return length + (long) samples.size() * OBJECTS_BYTES;
  }

  /** Characters that a sample's text and parameters have together. */
  static long length(Sample sample) {
    long length = sample.statement().length();
    for (@Nullable String parameter : sample.parameters()) {
      length += parameter == null ? 0 : parameter.length();
    }
    return length;
  }

  private static void addUpTo(int most, Set<Held> chosen, Held held) {
    if (chosen.size() < most) {
      chosen.add(held);
    }
  }

  /** Keeps the best within the bounds; done now and then, so that it costs little per sample. */
  private void trim() {
    if (samples.size() <= MOST_HELD && length <= MOST_LENGTH_HELD) {
      return;
    }
    Set<Held> kept = new LinkedHashSet<>();
    long keptLength = 0;
    for (Held held : byWorth()) {
      long wanted = keptLength + length(held.sample);
      if (kept.size() < MOST_HELD && wanted <= MOST_LENGTH_HELD && kept.add(held)) {
        keptLength = wanted;
      }
    }
    samples.values().retainAll(kept);
    length = keptLength;
    int arrival = 0;
    for (Held held : samples.values()) {
      held.arrival = arrival++;
    }
  }

  /**
   * The slowest, the fair choice, then the others: frequent before rare, and of equals the one that
   * came last, so that a form that comes often is still there when it comes again.
   */
  private Set<Held> byWorth() {
    Set<Held> ranked = new LinkedHashSet<>();
    samples.values().stream().min(SLOWEST_FIRST).ifPresent(ranked::add);
    samples.values().stream().sorted(BY_HASH).limit(FAIR_CHOICE).forEach(ranked::add);
    samples.values().stream()
        .sorted(
            Comparator.comparingLong((Held held) -> -held.sample.calls())
                .thenComparingInt(held -> -held.arrival))
        .forEach(ranked::add);
    return ranked;
  }

  private static Sample sum(Sample a, Sample b) {
    return new Sample(
        a.statement(), a.parameters(), a.calls() + b.calls(), slower(a.maxTimeMs(), b.maxTimeMs()));
  }

  private static @Nullable Double slower(@Nullable Double a, @Nullable Double b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    return Math.max(a, b);
  }

  private static long hash(Sample sample) {
    HashStream64 stream = Hashing.xxh3_64().hashStream().putString(sample.statement());
    for (@Nullable String parameter : sample.parameters()) {
      stream.putBoolean(parameter != null).putString(parameter == null ? "" : parameter);
    }
    return stream.getAsLong();
  }

  private record Form(String statement, List<@Nullable String> parameters) {}

  private static final class Held {
    private Sample sample;
    private final long hash;
    private int arrival;

    Held(Sample sample, long hash, int arrival) {
      this.sample = sample;
      this.hash = hash;
      this.arrival = arrival;
    }
  }
}
