package dev.logdex.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatementKindTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = true,
      value = {
        "select 1 | SELECT",
        "/* hi */ -- there | EMPTY",
        " ; ; | EMPTY",
        "; ((SELECT 1)) union select 2 | SELECT",
        "values (1) | SELECT",
        "table t | SELECT",
        "WITH a AS (select 1) SELECT * from a | SELECT",
        "with recursive insert(a) as (select 1), update as (update t set a = 1 returning *)"
            + " delete from t using update | DELETE",
        "with deleted as (delete from t returning *) insert into u select * from deleted | INSERT",
        "with a as (select 1) | UNKNOWN",
        "insert into t values (1) | INSERT",
        "Update t set a = 1 | UPDATE",
        "delete from t | DELETE",
        "merge into t using u on true when matched then do nothing | MERGE",
        "BEGIN | TRANSACTION",
        "rollback to savepoint a | TRANSACTION",
        "set search_path = a | SESSION",
        "SHOW all | SESSION",
        "declare c cursor for select 1 | CURSOR",
        "fetch 10 from c | CURSOR",
        "execute p(1) | PREPARED",
        "copy t from stdin | COPY",
        "explain select 1 | EXPLAIN",
        "call p() | PROCEDURE",
        "vacuum t | MAINTENANCE",
        "create table t () | DEFINITION",
        "\"select\" 1 | UNKNOWN",
        "selects | UNKNOWN",
        "42 | UNKNOWN",
      })
  void isToldByTheFirstWord(String text, StatementKind kind) {
    assertThat(StatementKind.of(text)).isEqualTo(kind);
  }

  @Test
  void onlyWhatExplainTakesIsPlannable() {
    assertThat(StatementKind.values())
        .filteredOn(StatementKind::isPlannable)
        .containsExactly(
            StatementKind.SELECT,
            StatementKind.INSERT,
            StatementKind.UPDATE,
            StatementKind.DELETE,
            StatementKind.MERGE);
  }
}
