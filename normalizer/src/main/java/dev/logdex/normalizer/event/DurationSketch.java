package dev.logdex.normalizer.event;

import com.datadoghq.sketch.ddsketch.DDSketch;
import com.datadoghq.sketch.ddsketch.encoding.ByteArrayInput;
import com.datadoghq.sketch.ddsketch.encoding.GrowingByteArrayOutput;
import com.datadoghq.sketch.ddsketch.mapping.CubicallyInterpolatedMapping;
import com.datadoghq.sketch.ddsketch.mapping.IndexMapping;
import com.datadoghq.sketch.ddsketch.store.CollapsingLowestDenseStore;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.OptionalDouble;

/**
 * How long the calls of a window took: a DDSketch of milliseconds with a relative error of at most
 * 1 %. Sketches add up, and to the same in any order.
 *
 * @param base64 the sketch in the library's own encoding with its mapping; empty for no call
 */
public record DurationSketch(@JsonValue String base64) {
  public static final DurationSketch NONE = new DurationSketch("");

  /** Of quantiles: 99 milliseconds may be told as 98.01 to 99.99. */
  public static final double RELATIVE_ACCURACY = 0.01;

  /** Enough to tell a microsecond from weeks; beyond it the shortest are told as one. */
  private static final int MOST_BINS = 2048;

  private static final IndexMapping MAPPING = new CubicallyInterpolatedMapping(RELATIVE_ACCURACY);

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public DurationSketch {}

  /** A sketch to which nothing has been added. */
  public static DDSketch empty() {
    return new DDSketch(MAPPING, () -> new CollapsingLowestDenseStore(MOST_BINS));
  }

  public static DurationSketch of(DDSketch sketch) {
    return sketch.isEmpty()
        ? NONE
        : new DurationSketch(Base64.getEncoder().encodeToString(encode(sketch, false)));
  }

  /**
   * Adds what this one holds to a sketch of {@link #empty}'s kind.
   *
   * @throws UncheckedIOException when the text is no sketch
   */
  public void addTo(DDSketch sketch) {
    if (!base64.isEmpty()) {
      try {
        sketch.decodeAndMergeWith(ByteArrayInput.wrap(Base64.getDecoder().decode(base64)));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** The library's encoding, with the mapping that all sketches share or without. */
  public static byte[] encode(DDSketch sketch, boolean withoutMapping) {
    GrowingByteArrayOutput bytes = GrowingByteArrayOutput.withInitialCapacity(64);
    try {
      sketch.encode(bytes, withoutMapping);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.trimmedCopy();
  }

  /**
   * Milliseconds that this part of the calls took at most; empty when no call was timed.
   *
   * @param quantile 0.5 for the median
   */
  public OptionalDouble quantileMs(double quantile) {
    DDSketch sketch = empty();
    addTo(sketch);
    return sketch.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(sketch.getValueAtQuantile(quantile));
  }
}
