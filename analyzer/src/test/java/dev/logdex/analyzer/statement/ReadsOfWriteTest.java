package dev.logdex.analyzer.statement;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReadsOfWriteTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "update t set a = $1 where b = 2|SELECT t.ctid FROM t where b = 2",
        "UPDATE ONLY s.t AS x SET a = 1, b = x.b + 1 WHERE c = 2 RETURNING *|"
            + "SELECT x.ctid FROM ONLY s.t AS x WHERE c = 2",
        "update t x set a = y.b from y, z where x.id = y.id|"
            + "SELECT x.ctid FROM t x, y, z where x.id = y.id",
        "update t set a = (b + 1) * 2|SELECT t.ctid FROM t",
        "delete from t where a = 1|SELECT t.ctid FROM t where a = 1",
        "delete from t x using y where x.a = y.a|SELECT x.ctid FROM t x, y where x.a = y.a",
        "insert into t (a, b) select a, b from s where c = 1|select a, b from s where c = 1",
        "insert into t select * from s on conflict do nothing|select * from s",
        "insert into t select * from s join r on r.a = s.a returning id|"
            + "select * from s join r on r.a = s.a",
        "with w as (select 1) update t set a = 1 where b in (select * from w)|"
            + "with w as (select 1) SELECT t.ctid FROM t where b in (select * from w)",
      })
  void aChangeReadsAsThisQuery(String change, String query) {
    assertThat(ReadsOfWrite.query(change)).hasValue(query);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update t set a = (select b from s)",
        "update t set a = 1 where current of c",
        "insert into t values (1, (select 2))",
        "insert into t default values",
        "merge into t using s on t.a = s.a when matched then delete",
        "select * from t",
        "update",
        "delete from",
        "insert",
      })
  void otherwiseThereIsNone(String text) {
    assertThat(ReadsOfWrite.query(text)).isEmpty();
  }
}
