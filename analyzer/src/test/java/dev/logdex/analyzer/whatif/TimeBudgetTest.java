package dev.logdex.analyzer.whatif;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TimeBudgetTest {
  private final TimeBudget budget = new TimeBudget(Duration.ofSeconds(30));

  @Test
  void everyThingHasItsOwn() {
    budget.spend("one", Duration.ofSeconds(29));
    assertThat(budget.isSpent("one", 1)).isFalse();
    budget.spend("one", Duration.ofSeconds(1));
    assertThat(budget.isSpent("one", 1)).isTrue();
    assertThat(budget.isSpent("other", 1)).isFalse();
  }

  @Test
  void partsShareOneEqually() {
    budget.spend("sample", Duration.ofSeconds(10));
    assertThat(budget.isSpent("sample", 2)).isFalse();
    assertThat(budget.isSpent("sample", 3)).isTrue();
  }

  @Test
  void withoutTimeNothingIsAskedAfterTheFirstAnswer() {
    TimeBudget none = new TimeBudget(Duration.ZERO);
    assertThat(none.isSpent("one", 1)).isFalse();
    none.spend("one", Duration.ZERO);
    assertThat(none.isSpent("one", 1)).isTrue();
  }
}
