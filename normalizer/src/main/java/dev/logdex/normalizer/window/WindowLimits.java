package dev.logdex.normalizer.window;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * Sizes and bounds of query windows. Together the bounds keep a window, written as JSON at its
 * worst (six bytes for one), below a mebibyte, which is what its topic takes.
 *
 * @param size of a window
 * @param mode what is told of the values that statements ran with
 * @param hashKey secret that values are hashed with; empty unless they are
 * @param samples how many samples a finished window has; 0 for none
 * @param sampleLength a statement that is longer than this with its parameters gives no sample;
 *     bytes
 * @param textLength a normalized statement is cut after this many characters
 * @param planLength a logged plan that is longer than this is not kept; bytes; 0 for no plans
 */
public record WindowLimits(
    Duration size,
    SampleMode mode,
    String hashKey,
    int samples,
    int sampleLength,
    int textLength,
    int planLength) {
  /** Most samples of a window. */
  public static final int MAX_SAMPLES = 5;

  /** Longest sample, in bytes. */
  public static final int MAX_SAMPLE_LENGTH = 16 * 1024;

  /** Longest normalized text, in characters. */
  public static final int MAX_TEXT_LENGTH = 64 * 1024;

  /** Longest plan, in bytes. */
  public static final int MAX_PLAN_LENGTH = 128 * 1024;

  private static final int DEFAULT_PLAN_LENGTH = 32 * 1024;

  /** What applies unless configured otherwise. */
  public static final WindowLimits DEFAULT =
      new WindowLimits(Duration.ofMinutes(1), MAX_SAMPLES, MAX_SAMPLE_LENGTH, MAX_TEXT_LENGTH);

  public WindowLimits {
    requireNonNull(size, "size");
    requireNonNull(mode, "mode");
    requireNonNull(hashKey, "hashKey");
    if (size.toMillis() < 1) {
      throw new IllegalArgumentException("size must be at least a millisecond: " + size);
    }
    if (mode == SampleMode.HASHED && hashKey.isEmpty()) {
      throw new IllegalArgumentException("samples cannot be hashed without a key");
    }
    atMost("samples", samples, MAX_SAMPLES);
    atMost("sampleLength", sampleLength, MAX_SAMPLE_LENGTH);
    atMost("textLength", textLength, MAX_TEXT_LENGTH);
    atMost("planLength", planLength, MAX_PLAN_LENGTH);
  }

  /** Limits of windows that tell values as they were logged. */
  public WindowLimits(Duration size, int samples, int sampleLength, int textLength) {
    this(size, SampleMode.FULL, "", samples, sampleLength, textLength, DEFAULT_PLAN_LENGTH);
  }

  boolean takesSamples() {
    return mode != SampleMode.OFF && samples > 0;
  }

  /** A plan holds literals, so it is kept only where they may be. */
  boolean takesPlans() {
    return mode == SampleMode.FULL && planLength > 0;
  }

  /** Without the key. */
  @Override
  public String toString() {
    return "windows of " + size + ", samples " + mode;
  }

  private static void atMost(String name, int value, int most) {
    if (value < 0 || value > most) {
      throw new IllegalArgumentException(name + " must be between 0 and " + most + ": " + value);
    }
  }
}
