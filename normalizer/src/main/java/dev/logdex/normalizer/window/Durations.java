package dev.logdex.normalizer.window;

import com.datadoghq.sketch.ddsketch.DDSketch;
import com.datadoghq.sketch.ddsketch.encoding.ByteArrayInput;
import dev.logdex.normalizer.event.DurationSketch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How long calls took, in microseconds. The first few are kept as they are: most of a million
 * different statements run only once or twice, and a sketch takes a thousand bytes.
 */
final class Durations {
  /** What a sketch takes in memory, about. */
  static final int SKETCH_BYTES = 1200;

  private static final int FIRST = 6;
  private static final double MICROS_PER_MS = 1000;

  private long @Nullable [] first;
  private int count;
  private @Nullable DDSketch sketch;

  /** Adds a call; tells whether it made a sketch necessary. */
  boolean add(long micros) {
    if (sketch != null) {
      sketch.accept(micros / MICROS_PER_MS);
      return false;
    }
    if (first == null) {
      first = new long[FIRST];
    }
    if (count < FIRST) {
      first[count++] = micros;
      return false;
    }
    sketched().accept(micros / MICROS_PER_MS);
    return true;
  }

  void add(DurationSketch other) {
    if (!other.base64().isEmpty()) {
      other.addTo(sketched());
    }
  }

  DurationSketch sketch() {
    return DurationSketch.of(copy());
  }

  void write(ByteWriter out) {
    if (sketch == null) {
      out.writeByte(count);
      for (int i = 0; i < count; i++) {
        out.writeNumber(first == null ? 0 : first[i]);
      }
    } else {
      out.writeByte(FIRST + 1);
      byte[] bytes = DurationSketch.encode(sketch, true);
      out.writeBytes(bytes, 0, bytes.length);
    }
  }

  /** Adds what was written; tells whether it is a sketch. */
  boolean read(ByteReader in) {
    int form = in.readByte();
    if (form <= FIRST) {
      for (int i = 0; i < form; i++) {
        add(in.readNumber());
      }
      return false;
    }
    try {
      sketched().decodeAndMergeWith(ByteArrayInput.wrap(in.readBytes()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return true;
  }

  private DDSketch sketched() {
    if (sketch == null) {
      sketch = copy();
      first = null;
      count = 0;
    }
    return sketch;
  }

  private DDSketch copy() {
    if (sketch != null) {
      return sketch;
    }
    DDSketch made = DurationSketch.empty();
    if (first != null) {
      Arrays.stream(first, 0, count).forEach(micros -> made.accept(micros / MICROS_PER_MS));
    }
    return made;
  }
}
