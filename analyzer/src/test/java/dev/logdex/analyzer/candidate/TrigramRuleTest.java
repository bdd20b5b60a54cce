package dev.logdex.analyzer.candidate;

import static dev.logdex.analyzer.candidate.TestWants.element;
import static dev.logdex.analyzer.candidate.TestWants.gin;
import static dev.logdex.analyzer.candidate.TestWants.pattern;
import static dev.logdex.analyzer.candidate.TestWants.served;
import static dev.logdex.analyzer.candidate.TestWants.shown;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logdex.analyzer.scan.Value;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrigramRuleTest {
  private static final String INDEX = "USING gin (note public.gin_trgm_ops)";

  private final TrigramRule rule = new TrigramRule();

  private List<String> proposed(String operator, Value value) {
    return shown(rule, served(element("note", operator, value, 1000, gin("public.gin_trgm_ops"))));
  }

  @ParameterizedTest
  @CsvSource({
    "~~, %abc%",
    "~~, %abc",
    "~~, _abc",
    "~~*, abc%",
    "~~*, %a%bcd%",
    "~, abc",
    "~, x+abc[0-9]",
    "~*, (abc|def)",
    "%, ab"
  })
  void aPatternWithThreeCharactersInARowIsWorthAnIndex(String operator, String pattern) {
    assertThat(proposed(operator, pattern(pattern))).containsExactly(INDEX);
  }

  @ParameterizedTest
  @CsvSource({"~~, %ab%", "~~, %a%b%c%", "~~*, %a_b%", "~, a.b.c", "~, abc*", "~~, abc%", "=, abc"})
  void otherPatternsAreNot(String operator, String pattern) {
    assertThat(proposed(operator, pattern(pattern))).isEmpty();
  }

  @Test
  void aPatternThatIsNotKnownMayBe() {
    assertThat(proposed("~~", Value.NONE)).containsExactly(INDEX);
  }

  @Test
  void withoutTheExtensionThereIsNothingToPropose() {
    assertThat(shown(rule, served(element("note", "~~", pattern("%abc%"), 1000)))).isEmpty();
  }
}
