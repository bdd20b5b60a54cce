package dev.logdex.normalizer.window;

/** What windows tell of the values that statements ran with. */
public enum SampleMode {
  /** Statements and parameters as logged. */
  FULL,
  /** The normalized statement and a keyed hash of each value: equal ones stay equal. */
  HASHED,
  /** Nothing. */
  OFF
}
