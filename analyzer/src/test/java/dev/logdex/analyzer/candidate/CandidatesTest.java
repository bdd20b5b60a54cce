package dev.logdex.analyzer.candidate;

import static dev.logdex.analyzer.candidate.TestTables.cast;
import static dev.logdex.analyzer.candidate.TestTables.clause;
import static dev.logdex.analyzer.candidate.TestTables.equal;
import static dev.logdex.analyzer.candidate.TestTables.greater;
import static dev.logdex.analyzer.candidate.TestTables.in;
import static dev.logdex.analyzer.candidate.TestTables.index;
import static dev.logdex.analyzer.candidate.TestTables.joined;
import static dev.logdex.analyzer.candidate.TestTables.ordered;
import static dev.logdex.analyzer.candidate.TestTables.scan;
import static dev.logdex.analyzer.candidate.TestTables.table;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logdex.analyzer.catalog.Table;
import dev.logdex.analyzer.event.Candidate;
import dev.logdex.analyzer.event.IndexDefinition;
import dev.logdex.analyzer.event.IndexElement;
import dev.logdex.analyzer.scan.Clause;
import dev.logdex.analyzer.scan.Clause.Form;
import dev.logdex.analyzer.scan.TableScan;
import java.util.List;
import org.junit.jupiter.api.Test;

class CandidatesTest {
  private static List<String> propose(Table table, TableScan... scans) {
    return new Candidates(table, TestTables.TYPES)
        .propose(List.of(scans), 200).stream().map(CandidatesTest::shown).toList();
  }

  private static List<String> propose(TableScan... scans) {
    return propose(table(), scans);
  }

  private static String shown(Candidate candidate) {
    return candidate.definition().elements().stream().map(IndexElement::sql).collect(joining(", "));
  }

  @Test
  void everyColumnThatIsLookedUpIsACandidate() {
    assertThat(propose(scan(equal("a")))).containsExactly("a");
    assertThat(propose(scan(greater("r")))).containsExactly("r");
    assertThat(propose(scan(joined("j")))).containsExactly("j");
    assertThat(propose(ordered(scan(), "r"))).containsExactly("r");
  }

  @Test
  void nothingWantedNothingProposed() {
    assertThat(propose(scan())).isEmpty();
    assertThat(propose()).isEmpty();
  }

  @Test
  void equalityColumnsAreOrderedBySelectivity() {
    assertThat(propose(scan(equal("few"), equal("a"), equal("b"))))
        .containsExactlyInAnyOrder("a", "b", "few", "a, b, few", "a, b", "a, few", "b, few");
  }

  @Test
  void listsOfValuesComeAfterSingleValues() {
    assertThat(propose(scan(in("a"), equal("few")))).contains("few, a").doesNotContain("a, few");
  }

  @Test
  void aRangeComesAfterEqualities() {
    assertThat(propose(scan(greater("r"), equal("b"), equal("c"))))
        .contains("b, r", "c, r", "b, c, r")
        .doesNotContain("r, b", "r, c", "b, r, c");
  }

  @Test
  void twoRangesAreNotPutTogether() {
    assertThat(propose(scan(greater("r"), greater("c")))).containsExactlyInAnyOrder("r", "c");
  }

  @Test
  void anOrderComesAfterEqualities() {
    assertThat(propose(ordered(scan(equal("b")), "r DESC", "c"))).contains("b, r, c DESC", "r");
  }

  @Test
  void anOrderIsReadBackwardsWhereItStartsDescending() {
    assertThat(propose(ordered(scan(), "r DESC"))).containsExactly("r");
    assertThat(propose(ordered(scan(), "r DESC NULLS LAST"))).containsExactly("r NULLS FIRST");
    assertThat(propose(ordered(scan(), "r DESC", "c"))).contains("r, c DESC");
    assertThat(propose(ordered(scan(), "r", "c DESC NULLS LAST"))).contains("r, c DESC NULLS LAST");
  }

  @Test
  void anOrderDoesNotHoldAfterAListOfValues() {
    assertThat(propose(ordered(scan(in("b")), "r"))).doesNotContain("b, r");
  }

  @Test
  void aColumnWithOneValueNeedsNoOrder() {
    assertThat(propose(ordered(scan(equal("b")), "b", "r")))
        .containsExactlyInAnyOrder("b", "r", "b, r");
  }

  @Test
  void anOrderWithMoreThanThreeColumnsIsCut() {
    assertThat(propose(ordered(scan(equal("a")), "r", "c", "b")))
        .contains("r, c, b", "a, r, c")
        .noneMatch(each -> each.split(",").length > 3);
  }

  @Test
  void joinsAreCombinedWithFilters() {
    assertThat(propose(scan(joined("j"), equal("c"), greater("r"))))
        .contains("j", "c", "j, c", "c, j", "j, r");
  }

  @Test
  void aJoinBySeveralColumnsIsOneLookUp() {
    assertThat(propose(scan(joined("j"), joined("c")))).contains("j, c");
  }

  @Test
  void aJoinByARangeIsNone() {
    assertThat(propose(scan(clause(Form.COMPARISON, "r", "<", true)))).isEmpty();
  }

  @Test
  void nullsAndBooleansAreLookedUpToo() {
    assertThat(propose(scan(clause(Form.IS_NULL, "a", "", false)))).containsExactly("a");
    assertThat(propose(scan(clause(Form.BOOLEAN, "few", "", false)))).containsExactly("few");
    assertThat(propose(scan(clause(Form.NOT_NULL, "a", "", false)))).isEmpty();
  }

  @Test
  void onlyOperatorsOfTheDefaultClassAreServed() {
    assertThat(propose(scan(clause(Form.COMPARISON, "a", "<>", false)))).isEmpty();
    assertThat(propose(scan(clause(Form.COMPARISON, "v", "~~", false)))).isEmpty();
    assertThat(propose(scan(equal("p")))).isEmpty();
    assertThat(propose(ordered(scan(), "p"))).isEmpty();
  }

  @Test
  void aCastThatKeepsTheValueDoesNotMatter() {
    assertThat(propose(scan(cast("v", "text")))).containsExactly("v");
    assertThat(propose(scan(cast("d", "integer")))).containsExactly("d");
    assertThat(propose(scan(equal("m")))).containsExactly("m");
  }

  @Test
  void aCastThatChangesTheValueDoes() {
    assertThat(propose(scan(cast("a", "numeric")))).isEmpty();
    assertThat(propose(scan(cast("v", "integer")))).isEmpty();
  }

  @Test
  void aColumnTooWideForAnEntryIsNoCandidate() {
    assertThat(propose(scan(equal("wide")))).isEmpty();
    assertThat(propose(ordered(scan(), "wide"))).isEmpty();
  }

  @Test
  void anUnknownColumnIsNoCandidate() {
    assertThat(propose(scan(equal("ctid")))).isEmpty();
  }

  @Test
  void namesAreQuotedWhereNeeded() {
    assertThat(propose(scan(equal("Odd")))).containsExactly("\"Odd\"");
  }

  @Test
  void whatAnIndexStartsWithIsNotProposed() {
    assertThat(propose(table(index(false, "a", "b")), scan(equal("a")))).isEmpty();
    assertThat(propose(table(index(false, "a DESC")), scan(equal("a")))).isEmpty();
    assertThat(propose(table(index(false, "r", "c DESC")), ordered(scan(), "r DESC", "c")))
        .isEmpty();
  }

  @Test
  void whatAnIndexOnlyHasInPartIsProposed() {
    assertThat(propose(table(index(false, "a")), scan(equal("a"), equal("b"))))
        .containsExactlyInAnyOrder("b", "a, b");
    assertThat(propose(table(index(false, "b", "a")), scan(equal("a")))).containsExactly("a");
    assertThat(propose(table(index(false, "r", "c")), ordered(scan(), "r", "c DESC")))
        .contains("r, c DESC");
  }

  @Test
  void partialInvalidAndOtherIndexesServeNothing() {
    assertThat(propose(table(index(false, true, "btree", "b > 0", "a")), scan(equal("a"))))
        .containsExactly("a");
    assertThat(propose(table(index(false, false, "btree", null, "a")), scan(equal("a"))))
        .containsExactly("a");
    assertThat(propose(table(index(false, true, "hash", null, "a")), scan(equal("a"))))
        .containsExactly("a");
  }

  @Test
  void afterAUniqueKeyNothingIsLeftToChooseFrom() {
    Table table = table(index(true, "u"));
    assertThat(propose(table, scan(equal("u"), equal("a")))).isEmpty();
    assertThat(propose(table, scan(joined("u"), equal("a"))))
        .containsExactlyInAnyOrder("a", "a, u");
    assertThat(propose(table(index(true, "u", "a")), scan(equal("a"), equal("c"))))
        .containsExactlyInAnyOrder("a", "c", "a, c");
  }

  @Test
  void whatAnIndexServesIsNotMergedFromTwoEither() {
    List<Candidate> two = List.of(carrying("a"), carrying("b"));

    assertThat(new Candidates(table(), TestTables.TYPES).merged(two, 10))
        .extracting(Candidate::id)
        .containsExactly("USING btree (u) INCLUDE (a, b)");
    assertThat(new Candidates(table(), TestTables.TYPES).merged(two, 0)).isEmpty();
    assertThat(new Candidates(table(index(true, "u")), TestTables.TYPES).merged(two, 10)).isEmpty();
  }

  private static Candidate carrying(String column) {
    IndexDefinition definition =
        new IndexDefinition("btree", List.of(IndexElement.ascending("u")), List.of(column), null);
    return new Candidate(definition.sql(), definition, "It is wanted.", 8192, 16, 1);
  }

  @Test
  void theSameCandidateOfSeveralScansIsProposedOnce() {
    assertThat(propose(scan(equal("a")), scan(equal("a"), greater("r"))))
        .containsExactly("a", "r", "a, r");
  }

  @Test
  void beyondTheCapLaterScansGoWithout() {
    assertThat(
            new Candidates(table(), TestTables.TYPES)
                .propose(List.of(scan(equal("a")), scan(equal("b"))), 1))
        .extracting(CandidatesTest::shown)
        .containsExactly("a");
  }

  @Test
  void aCandidateSaysWhyAndHowLarge() {
    Candidate candidate =
        new Candidates(table(), TestTables.TYPES).propose(List.of(scan(equal("u"))), 1).get(0);
    assertThat(candidate.id()).isEqualTo("USING btree (u)");
    assertThat(candidate.reason()).isEqualTo("Rows are looked up by u.");
    assertThat(candidate.entryBytes()).isEqualTo(12);
    assertThat(candidate.partialSelectivity()).isEqualTo(1);
    assertThat(candidate.sizeBytes()).isBetween(22_000_000L, 23_000_000L);
  }

  @Test
  void everyReasonIsASentence() {
    Clause[] all = {equal("a"), equal("b"), greater("r"), joined("j"), joined("c")};
    assertThat(
            new Candidates(table(), TestTables.TYPES)
                .propose(List.of(ordered(scan(all), "v", "d")), 200))
        .hasSizeGreaterThan(10)
        .allSatisfy(each -> assertThat(each.reason()).matches("[A-Z].*[^ ]\\."));
  }
}
