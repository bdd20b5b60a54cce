package dev.logdex.analyzer.candidate;

import static dev.logdex.analyzer.candidate.TestWants.BTREE;
import static dev.logdex.analyzer.candidate.TestWants.HASH;
import static dev.logdex.analyzer.candidate.TestWants.column;
import static dev.logdex.analyzer.candidate.TestWants.element;
import static dev.logdex.analyzer.candidate.TestWants.equal;
import static dev.logdex.analyzer.candidate.TestWants.shown;
import static dev.logdex.analyzer.candidate.TestWants.table;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logdex.analyzer.catalog.Table;
import dev.logdex.analyzer.event.IndexElement;
import java.util.List;
import org.junit.jupiter.api.Test;

class HashRuleTest {
  private final HashRule rule = new HashRule();

  private List<String> proposed(Table table, IndexElement... order) {
    return shown(rule, equal(table, List.of(order), element("url", "=", 1000, BTREE, HASH)));
  }

  @Test
  void aWideValueIsHashed() {
    assertThat(proposed(table(column("url", 1_000_000, 80, 0))))
        .containsExactly("USING hash (url)");
  }

  @Test
  void aNarrowOneIsNot() {
    assertThat(proposed(table(column("url", 1_000_000, 16, 0)))).isEmpty();
  }

  @Test
  void manyRowsOfOneValueWouldShareABucket() {
    assertThat(proposed(table(column("url", 1_000, 80, 0)))).isEmpty();
  }

  @Test
  void anOrderTakesABtree() {
    assertThat(proposed(table(column("url", 1_000_000, 80, 0)), IndexElement.ascending("url")))
        .isEmpty();
  }

  @Test
  void withoutAHashClassThereIsNone() {
    assertThat(
            shown(
                rule,
                equal(
                    table(column("url", 1_000_000, 80, 0)),
                    List.of(),
                    element("url", "=", 1000, BTREE))))
        .isEmpty();
  }
}
