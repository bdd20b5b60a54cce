package dev.logdex.analyzer.candidate;

import static dev.logdex.analyzer.candidate.TestWants.element;
import static dev.logdex.analyzer.candidate.TestWants.gist;
import static dev.logdex.analyzer.candidate.TestWants.nearest;
import static dev.logdex.analyzer.candidate.TestWants.shown;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logdex.analyzer.catalog.OperatorClass.Use;
import org.junit.jupiter.api.Test;

class NearestRuleTest {
  private final NearestRule rule = new NearestRule();

  @Test
  void theNearestRowsComeInTheOrderOfAnIndex() {
    assertThat(shown(rule, nearest(element("place", "<->", 1000, gist(null, Use.ORDERING)), true)))
        .containsExactly("USING gist (place)");
  }

  @Test
  void allRowsByDistanceAreASortsWork() {
    assertThat(shown(rule, nearest(element("place", "<->", 1000, gist(null, Use.ORDERING)), false)))
        .isEmpty();
  }

  @Test
  void aDistanceThatNoIndexGivesIsNone() {
    assertThat(shown(rule, nearest(element("place", "<->", 1000), true))).isEmpty();
  }
}
