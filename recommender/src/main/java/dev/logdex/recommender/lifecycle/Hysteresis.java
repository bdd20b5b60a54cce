package dev.logdex.recommender.lifecycle;

/**
 * How long advice has to win and to lose, so that noise opens and closes no tickets.
 *
 * @param toPropose rounds in a row that ask for it until it is proposed; at least 1
 * @param toWithdraw rounds in a row that do not until it is withdrawn; at least 1
 */
public record Hysteresis(int toPropose, int toWithdraw) {
  /** Everything at once: right for one look at one log. */
  public static final Hysteresis NONE = new Hysteresis(1, 1);

  /** For a stage that runs on: a spike of a minute proposes nothing, a quiet night ends nothing. */
  public static final Hysteresis DEFAULT = new Hysteresis(2, 5);

  public Hysteresis {
    if (toPropose < 1 || toWithdraw < 1) {
      throw new IllegalArgumentException("rounds are at least 1");
    }
  }
}
