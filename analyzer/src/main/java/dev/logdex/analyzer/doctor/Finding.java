package dev.logdex.analyzer.doctor;

import static java.util.Objects.requireNonNull;

/**
 * What one check found.
 *
 * @param check what was looked at, in a word or two
 * @param found a sentence for a person, without passwords
 * @param mend what to do about it; empty when there is nothing to do
 */
public record Finding(String check, State state, String found, String mend) {
  public Finding {
    requireNonNull(check, "check");
    requireNonNull(state, "state");
    requireNonNull(found, "found");
    requireNonNull(mend, "mend");
  }

  /** How bad it is. */
  public enum State {
    OK,
    /** Logdex works, but its answers are worse or its safety is less than they could be. */
    WARN,
    /** Logdex does not work, or not for all. */
    FAIL,
    /** Could not be looked at because of another finding. */
    SKIPPED
  }

  public static Finding ok(String check, String found) {
    return new Finding(check, State.OK, found, "");
  }

  public static Finding warn(String check, String found, String mend) {
    return new Finding(check, State.WARN, found, mend);
  }

  public static Finding fail(String check, String found, String mend) {
    return new Finding(check, State.FAIL, found, mend);
  }

  public static Finding skipped(String check, String why) {
    return new Finding(check, State.SKIPPED, why, "");
  }
}
