package dev.logdex.normalizer.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** As many rounds as the suite has time for; {@code -Dlogdex.fuzz.rounds} asks for more. */
class LogFuzzTest {
  private static final int ROUNDS = Integer.getInteger("logdex.fuzz.rounds", 1500);

  @Test
  void damagedLogsThrowNothingAndLoseNothing() {
    FuzzCorpus corpus = new FuzzCorpus();
    long bytes = 0;
    for (long seed = 0; seed < ROUNDS; seed++) {
      bytes += FuzzRound.run(seed, corpus);
    }
    assertThat(bytes).isPositive();
  }
}
