package dev.logdex.analyzer.candidate;

import static dev.logdex.analyzer.candidate.TestWants.BTREE_RANGE;
import static dev.logdex.analyzer.candidate.TestWants.MINMAX;
import static dev.logdex.analyzer.candidate.TestWants.MINMAX_MULTI;
import static dev.logdex.analyzer.candidate.TestWants.column;
import static dev.logdex.analyzer.candidate.TestWants.element;
import static dev.logdex.analyzer.candidate.TestWants.range;
import static dev.logdex.analyzer.candidate.TestWants.shown;
import static dev.logdex.analyzer.candidate.TestWants.table;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logdex.analyzer.catalog.Column;
import dev.logdex.analyzer.catalog.Table;
import java.util.List;
import org.junit.jupiter.api.Test;

class BrinRuleTest {
  private static final Column AT = column("at", 1_000_000, 8, 0.99);

  private final BrinRule rule = new BrinRule();

  private List<String> proposed(Table table) {
    return shown(rule, range(table, element("at", ">", 1000, BTREE_RANGE, MINMAX, MINMAX_MULTI)));
  }

  @Test
  void aRangeOfALogIsReadInBlocks() {
    assertThat(proposed(table(AT))).containsExactly("USING brin (at)");
    assertThat(proposed(table(column("at", 1_000_000, 8, -0.97))))
        .containsExactly("USING brin (at)");
  }

  @Test
  void theReasonSaysHowSmallItIs() {
    assertThat(
            rule.propose(range(table(AT), element("at", ">", 1000, MINMAX))).map(Proposal::reason))
        .singleElement()
        .asString()
        .contains("BRIN takes 24 kB, a b-tree up to");
  }

  @Test
  void gapsThatOtherRowsFillTakeSeveralRangesABlock() {
    assertThat(proposed(table(100_000_000, 0.2, AT)))
        .containsExactly("USING brin (at int8_minmax_multi_ops)");
  }

  @Test
  void whatWasNotCountedIsTakenForNothing() {
    assertThat(proposed(table(100_000_000, null, AT))).containsExactly("USING brin (at)");
  }

  @Test
  void silentForSmallUnorderedAndChangingTables() {
    assertThat(proposed(table(1_000_000, 0.0, AT))).isEmpty();
    assertThat(proposed(table(column("at", 1_000_000, 8, 0.5)))).isEmpty();
    assertThat(proposed(table(100_000_000, 0.9, AT))).isEmpty();
    assertThat(shown(rule, range(table(AT), element("at", ">", 1000, BTREE_RANGE)))).isEmpty();
  }
}
