package dev.logdex.analyzer.candidate;

import static dev.logdex.analyzer.candidate.TestWants.BTREE;
import static dev.logdex.analyzer.candidate.TestWants.element;
import static dev.logdex.analyzer.candidate.TestWants.equal;
import static dev.logdex.analyzer.candidate.TestWants.gin;
import static dev.logdex.analyzer.candidate.TestWants.gist;
import static dev.logdex.analyzer.candidate.TestWants.served;
import static dev.logdex.analyzer.candidate.TestWants.shown;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logdex.analyzer.catalog.OperatorClass.Use;
import org.junit.jupiter.api.Test;

class GistRuleTest {
  private final GistRule rule = new GistRule();

  @Test
  void rangesAndAddressesAreLookedUpByWhereTheyLie() {
    assertThat(shown(rule, served(element("during", "&&", 1000, gist(null, Use.OTHER)))))
        .containsExactly("USING gist (during)");
    assertThat(shown(rule, served(element("addr", "<<=", 1000, gist("inet_ops", Use.OTHER)))))
        .containsExactly("USING gist (addr inet_ops)");
  }

  @Test
  void withAnEqualityTheOneWithMoreValuesComesFirst() {
    assertThat(
            shown(
                rule,
                equal(
                    element("room", "=", 50, BTREE, gist(null, Use.EQUALITY)),
                    element("during", "&&", 1000, gist(null, Use.OTHER)))))
        .containsExactly("USING gist (during)", "USING gist (during, room)");
    assertThat(
            shown(
                rule,
                equal(
                    element("room", "=", 5000, BTREE, gist(null, Use.EQUALITY)),
                    element("during", "&&", 1000, gist(null, Use.OTHER)))))
        .containsExactly("USING gist (during)", "USING gist (room, during)");
  }

  @Test
  void anEqualityThatOnlyBtreesKnowStaysOut() {
    assertThat(
            shown(
                rule,
                equal(
                    element("room", "=", 50, BTREE),
                    element("during", "&&", 1000, gist(null, Use.OTHER)))))
        .containsExactly("USING gist (during)");
  }

  @Test
  void silentWhereGinDoesTheSameOrTheValuesAreFew() {
    assertThat(shown(rule, served(element("v", "@@", 1000, gist(null, Use.OTHER), gin(null)))))
        .isEmpty();
    assertThat(shown(rule, served(element("during", "&&", 4, gist(null, Use.OTHER))))).isEmpty();
    assertThat(shown(rule, served(element("room", "=", 50, gist(null, Use.EQUALITY))))).isEmpty();
  }
}
