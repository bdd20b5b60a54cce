package dev.logdex.normalizer.window;

/**
 * How much one task holds of windows that are still being added to.
 *
 * @param windows beyond it the oldest are handed on early
 * @param bytes of memory that they take, about; beyond it the oldest are handed on early
 * @param fingerprints different statements of one database in one window; the calls of more are
 *     added up as one, so that generated statements cannot make endless ones
 */
public record WindowCaps(int windows, long bytes, int fingerprints) {
  /** What applies unless configured otherwise. */
  public static final WindowCaps DEFAULT = new WindowCaps(100_000, 64L * 1024 * 1024, 10_000);

  public WindowCaps {
    if (windows < 1 || bytes < 1 || fingerprints < 1) {
      throw new IllegalArgumentException(
          "each cap must be at least 1: " + windows + ", " + bytes + ", " + fingerprints);
    }
  }
}
