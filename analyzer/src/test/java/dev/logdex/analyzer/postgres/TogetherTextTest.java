package dev.logdex.analyzer.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logdex.sql.PlannableStatement;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class TogetherTextTest {
  private static PlannableStatement statement(String text) {
    return PlannableStatement.generic(text).statement().orElseThrow();
  }

  @Test
  void aBatchIsBounded() {
    List<PlannableStatement> many = Collections.nCopies(40, statement("SELECT 1"));
    assertThat(TogetherText.batches(many)).extracting(List::size).containsExactly(16, 16, 8);
    assertThat(TogetherText.batches(List.of())).isEmpty();
  }

  @Test
  void aLongStatementIsAloneAndNoneIsLost() {
    PlannableStatement small = statement("SELECT 1");
    PlannableStatement large = statement("SELECT '" + "x".repeat(40_000) + "'");
    assertThat(TogetherText.batches(List.of(small, large, small)))
        .containsExactly(List.of(small), List.of(large), List.of(small));
  }

  @Test
  void oneTextForEachStatementExplains() {
    List<String> texts =
        TogetherText.explain(List.of(statement("SELECT 1"), statement("SELECT $1 + 1")));
    assertThat(texts).filteredOn(text -> text.startsWith("EXPLAIN (VERBOSE")).hasSize(2);
    assertThat(texts).noneMatch(text -> text.contains(";"));
  }
}
