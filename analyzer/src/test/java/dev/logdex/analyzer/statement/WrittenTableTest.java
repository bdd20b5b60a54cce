package dev.logdex.analyzer.statement;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WrittenTableTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "update t set a = 1|Update|t|a",
        "update only \"S\".\"T t\" x set \"A\" = 1, b[x.i] = 2, c.f = 3 where d = 4|"
            + "Update|T t|A,b,c",
        "update t set (a, b) = (select c, d from s), e = f(g, h) from s where i = j|Update|t|a,b,e",
        "update t set a = case when b then c else d end, e = 1|Update|t|a,e",
        "insert into t (a, b) values (1, 2)|Insert|t|''",
        "insert into s.t as x values (1) on conflict (a) do update set b = excluded.b, c = x.c + 1"
            + " where x.d = 1 returning e|Insert|t|b,c",
        "insert into t select * from s for update|Insert|t|''",
        "delete from t using s where t.a = s.a|Delete|t|''",
        "merge into t using s on t.a = s.a when matched then update set b = s.b when not matched"
            + " then insert (a, c) values (s.a, s.c)|Merge|t|b",
        "copy t (a, b) from stdin|Copy|t|''",
        "COPY binary t FROM stdin|Copy|t|''",
      })
  void aWriteHasATargetAndTheColumnsItSets(
      String text, String operation, String name, String columns) {
    assertThat(WrittenTable.of(text))
        .singleElement()
        .satisfies(
            target -> {
              assertThat(target.operation()).isEqualTo(operation);
              assertThat(target.name()).isEqualTo(name);
              assertThat(String.join(",", target.setColumns())).isEqualTo(columns);
            });
  }

  @Test
  void writesOfWithQueriesCountToo() {
    assertThat(
            WrittenTable.of(
                "with gone as (delete from a where b = 1 returning c)"
                    + " insert into d select c from gone on conflict do nothing"))
        .extracting(target -> target.operation() + " " + target.name())
        .containsExactly("Delete a", "Insert d");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select * from t where a = 1 for update",
        "select update, set from t",
        "copy t to stdout",
        "copy (select a from t) to stdout",
        "update",
        "",
      })
  void nothingElseWrites(String text) {
    assertThat(WrittenTable.of(text)).isEmpty();
  }
}
