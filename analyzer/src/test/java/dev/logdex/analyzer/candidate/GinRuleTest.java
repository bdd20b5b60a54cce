package dev.logdex.analyzer.candidate;

import static dev.logdex.analyzer.candidate.TestWants.BTREE;
import static dev.logdex.analyzer.candidate.TestWants.element;
import static dev.logdex.analyzer.candidate.TestWants.gin;
import static dev.logdex.analyzer.candidate.TestWants.served;
import static dev.logdex.analyzer.candidate.TestWants.shown;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logdex.analyzer.catalog.OperatorClass.Use;
import dev.logdex.analyzer.catalog.Service;
import org.junit.jupiter.api.Test;

class GinRuleTest {
  private final GinRule rule = new GinRule();

  @Test
  void arraysAndWordsAreLookedUpByTheirElements() {
    assertThat(shown(rule, served(element("tags", "&&", 100, gin(null)))))
        .containsExactly("USING gin (tags)");
  }

  @Test
  void pathsAreEnoughForContainmentInJsonb() {
    assertThat(shown(rule, served(element("doc", "@>", 100, gin(null), gin("jsonb_path_ops")))))
        .containsExactly("USING gin (doc jsonb_path_ops)");
  }

  @Test
  void keysTakeTheDefaultClassThatServesContainmentAsWell() {
    assertThat(
            shown(
                rule,
                served(
                    element("doc", "@>", 100, gin(null), gin("jsonb_path_ops")),
                    element("doc", "?", 100, gin(null)))))
        .containsExactly("USING gin (doc)");
  }

  @Test
  void eachColumnHasAnIndexOfItsOwn() {
    assertThat(
            shown(
                rule,
                served(element("tags", "@>", 100, gin(null)), element("more", "&&", 9, gin(null)))))
        .containsExactly("USING gin (tags)", "USING gin (more)");
  }

  @Test
  void equalityAndPartsOfStringsAreLeftToOthers() {
    Service equal = new Service("gin", null, 4, Use.EQUALITY);
    assertThat(shown(rule, served(element("tags", "=", 100, BTREE, equal)))).isEmpty();
    assertThat(shown(rule, served(element("note", "~~", 100, gin("gin_trgm_ops"))))).isEmpty();
  }
}
