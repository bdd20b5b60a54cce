package dev.logdex.normalizer.window;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * Sizes and bounds of query windows. Together the bounds keep a window, written as JSON at its
 * worst (six bytes a character), below a mebibyte, which is what its topic takes.
 *
 * @param size of a window
 * @param samples how many samples a finished window has; 0 for none
 * @param sampleLength a statement that is longer than this with its parameters gives no sample;
 *     characters
 * @param textLength a normalized statement is cut after this many characters
 */
public record WindowLimits(Duration size, int samples, int sampleLength, int textLength) {
  /** Most samples of a window. */
  public static final int MAX_SAMPLES = 5;

  /** Longest sample, in characters. */
  public static final int MAX_SAMPLE_LENGTH = 16 * 1024;

  /** Longest normalized text, in characters. */
  public static final int MAX_TEXT_LENGTH = 64 * 1024;

  /** What applies unless configured otherwise. */
  public static final WindowLimits DEFAULT =
      new WindowLimits(Duration.ofMinutes(1), MAX_SAMPLES, MAX_SAMPLE_LENGTH, MAX_TEXT_LENGTH);

  public WindowLimits {
    requireNonNull(size, "size");
    if (size.toMillis() < 1) {
      throw new IllegalArgumentException("size must be at least a millisecond: " + size);
    }
    atMost("samples", samples, MAX_SAMPLES);
    atMost("sampleLength", sampleLength, MAX_SAMPLE_LENGTH);
    atMost("textLength", textLength, MAX_TEXT_LENGTH);
  }

  private static void atMost(String name, int value, int most) {
    if (value < 0 || value > most) {
      throw new IllegalArgumentException(name + " must be between 0 and " + most + ": " + value);
    }
  }
}
