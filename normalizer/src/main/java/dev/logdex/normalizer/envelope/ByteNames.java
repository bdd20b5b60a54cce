package dev.logdex.normalizer.envelope;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what stretches of bytes mean, so that the few names that come with every line are made
 * into objects once. Of two names that fall into one place the later one stays; long names are not
 * remembered.
 *
 * @param <T> what a name means
 */
final class ByteNames<T> {
  private static final int PLACES = 512;
  private static final int MAX_LENGTH = 512;

  @SuppressWarnings("ArrayRecordComponent") // never compared, and seen by nobody else
  private record Known<T>(byte[] name, T meaning) {}

  private final @Nullable Object[] places = new Object[PLACES];
  private final Function<String, T> meaning;

  ByteNames(Function<String, T> meaning) {
    this.meaning = meaning;
  }

  T of(byte[] bytes, int from, int to) {
    if (to - from > MAX_LENGTH) {
      return meaning.apply(new String(bytes, from, to - from, UTF_8));
    }
    int hash = 7;
    for (int at = from; at < to; at++) {
      hash = 31 * hash + bytes[at];
    }
    int place = (hash ^ hash >>> 15) & PLACES - 1;
    @SuppressWarnings("unchecked") // nothing else is put there
    Known<T> known = (Known<T>) places[place];
    if (known == null || !Arrays.equals(known.name, 0, known.name.length, bytes, from, to)) {
      String name = new String(bytes, from, to - from, UTF_8);
      known = new Known<>(Arrays.copyOfRange(bytes, from, to), meaning.apply(name));
      places[place] = known;
    }
    return known.meaning;
  }
}
