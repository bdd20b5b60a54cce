package dev.logdex.analyzer.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConditionTextTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "(orders.doc = 77)|(orders.doc = $1)",
        "((o.note)::text = 'it''s; secret'::text)|((o.note)::text = $1::text)",
        "(o.doc = ANY ('{1,2,3}'::integer[]))|(o.doc = ANY ($1::integer[]))",
        "((o.a = $1) AND (o.b > 1.5e3))|((o.a = $1) AND (o.b > $2))",
        "((o.price)::numeric(10,2) = 5)|((o.price)::numeric(10,2) = $1)",
        "(o.flag AND (o.x IS NULL))|(o.flag AND (o.x IS NULL))",
        "(hashed SubPlan 1)|(hashed SubPlan 1)",
        "(o.at > ('now'::cstring)::date - '1 day'::interval)"
            + "|(o.at > ($1::cstring)::date - $2::interval)",
        "(\"T 1\".\"A 2\" ~~ E'x\\\\\\\\y%'::text)|(\"T 1\".\"A 2\" ~~ $1::text)",
        "(o.bits = B'101'::\"bit\")|(o.bits = $1::\"bit\")",
      })
  void constantsGoAndTheRestStays(String condition, String text) {
    assertThat(ConditionText.withoutConstants(condition)).isEqualTo(text);
  }

  @Test
  void aLongConditionIsCut() {
    assertThat(ConditionText.withoutConstants("(a = ANY (" + "b, ".repeat(5000) + "))"))
        .hasSizeLessThan(1100)
        .endsWith("…");
  }
}
