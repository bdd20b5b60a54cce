package dev.logdex.analyzer.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logdex.analyzer.catalog.OperatorClass.Operator;
import dev.logdex.analyzer.catalog.OperatorClass.Use;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TypesTest {
  private static final long INT4 = 23;
  private static final long TEXT = 25;
  private static final long BPCHAR = 1042;
  private static final long VARCHAR = 1043;
  private static final long XML = 142;
  private static final long DOMAIN_OF_DOMAIN = 1;
  private static final long DOMAIN = 2;
  private static final long INT_ARRAY = 1007;
  private static final long ANYARRAY = 2277;

  private final Types types =
      new Types(
          Map.of(
              INT4, new Types.Type("integer", 0, 0),
              TEXT, new Types.Type("text", 0, 0),
              BPCHAR, new Types.Type("character", 0, 0),
              VARCHAR, new Types.Type("character varying", 0, 0),
              XML, new Types.Type("xml", 0, 0),
              DOMAIN, new Types.Type("cents", INT4, 0),
              DOMAIN_OF_DOMAIN, new Types.Type("price", DOMAIN, 0),
              INT_ARRAY, new Types.Type("integer[]", 0, ANYARRAY)),
          Map.of(VARCHAR, Set.of(BPCHAR, TEXT)),
          List.of(
              btree(INT4, true, "=", Use.EQUALITY, "<", Use.RANGE),
              btree(TEXT, true, "=", Use.EQUALITY, "~~~", Use.RANGE),
              btree(BPCHAR, false, "=", Use.EQUALITY, "=", Use.EQUALITY),
              btree(ANYARRAY, false, "=", Use.EQUALITY, "<", Use.RANGE),
              new OperatorClass(
                  "btree",
                  "text_pattern_ops",
                  TEXT,
                  false,
                  true,
                  List.of(new Operator("~<~", TEXT, 1, Use.RANGE))),
              new OperatorClass(
                  "gin",
                  "array_ops",
                  ANYARRAY,
                  true,
                  false,
                  List.of(new Operator("@>", ANYARRAY, 2, Use.OTHER)))),
          Map.of("@>", "<@"));

  private static OperatorClass btree(
      long type, boolean deduplicates, String one, Use oneUse, String other, Use otherUse) {
    return new OperatorClass(
        "btree",
        "some_ops",
        type,
        true,
        deduplicates,
        List.of(new Operator(one, type, 3, oneUse), new Operator(other, type, 1, otherUse)));
  }

  @Test
  void equalityAndRangeAreToldByTheStrategy() {
    assertThat(types.use(INT4, null, "=")).contains(Use.EQUALITY);
    assertThat(types.use(INT4, null, "<")).contains(Use.RANGE);
    assertThat(types.use(INT4, null, "<>")).isEmpty();
  }

  @Test
  void aDomainIsItsBaseType() {
    assertThat(types.use(DOMAIN_OF_DOMAIN, null, "=")).contains(Use.EQUALITY);
    assertThat(types.use(DOMAIN, "integer", "=")).contains(Use.EQUALITY);
  }

  @Test
  void aStringIsTextBeforeAnythingElse() {
    assertThat(types.use(VARCHAR, "text", "~~~")).contains(Use.RANGE);
  }

  @Test
  void anArrayIsAnyArray() {
    assertThat(types.use(INT_ARRAY, null, "=")).contains(Use.EQUALITY);
    assertThat(types.defaultClass(INT_ARRAY).orElseThrow().deduplicates()).isFalse();
  }

  @Test
  void aTypeWithoutAClassHasNone() {
    assertThat(types.defaultClass(XML)).isEmpty();
    assertThat(types.defaultClass(4711)).isEmpty();
  }

  @Test
  void aCastThatConvertsIsNoRelabel() {
    assertThat(types.use(INT4, "text", "=")).isEmpty();
    assertThat(types.isRelabel(VARCHAR, "text")).isTrue();
    assertThat(types.isRelabel(TEXT, "character varying")).isFalse();
  }

  @Test
  void aNamedClassServesWhatTheDefaultOneDoesNot() {
    assertThat(types.services(VARCHAR, "text", "~<~", TEXT))
        .containsExactly(new Service("btree", "text_pattern_ops", 1, Use.RANGE));
  }

  @Test
  void everyAccessMethodCounts() {
    assertThat(types.services(INT_ARRAY, null, "@>", INT_ARRAY))
        .containsExactly(new Service("gin", null, 2, Use.OTHER));
    assertThat(types.named("integer[]")).isEqualTo(INT_ARRAY);
    assertThat(types.named("no such type")).isZero();
  }
}
