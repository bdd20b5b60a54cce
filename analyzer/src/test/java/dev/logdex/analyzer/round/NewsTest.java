package dev.logdex.analyzer.round;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logdex.analyzer.event.AnalysedStatement;
import dev.logdex.analyzer.event.Analysis;
import dev.logdex.analyzer.event.Scan;
import dev.logdex.analyzer.event.ScanCost;
import dev.logdex.analyzer.event.StatementCost;
import dev.logdex.analyzer.event.TableAnalysis;
import dev.logdex.analyzer.event.TableFacts;
import dev.logdex.analyzer.event.TableName;
import dev.logdex.analyzer.event.UnplannedReason;
import dev.logdex.analyzer.event.UnplannedStatement;
import dev.logdex.analyzer.event.UnplannedStatements;
import dev.logdex.analyzer.event.WriteRates;
import dev.logdex.analyzer.whatif.DatabaseAnalysis;
import dev.logdex.normalizer.event.DeadLetter;
import dev.logdex.normalizer.event.DeadLetterReason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class NewsTest {
  private static final Instant EARLY = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant LATE = EARLY.plusSeconds(60);

  private static TableAnalysis table(String name, Instant to, long rows, String... texts) {
    return new TableAnalysis(
        1,
        new TableName("shop", "public", name),
        to,
        new TableFacts(rows, 1, 1),
        WriteRates.NONE,
        Arrays.stream(texts).map(text -> new AnalysedStatement("1", text, 1, 1, 1, 1)).toList(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }

  private static UnplannedStatements unplanned(Instant to, String... reported) {
    List<UnplannedStatement> statements =
        Arrays.stream(reported)
            .map(each -> new UnplannedStatement(each, "x", 1, UnplannedReason.PLAN_FAILED, "x"))
            .toList();
    return new UnplannedStatements(1, "shop", to, statements, List.of(reported));
  }

  private static DeadLetter letter(String place) {
    return new DeadLetter(
        1, "analyzer", DeadLetterReason.PLAN_FAILED, "shop", place, "x", null, "x");
  }

  private static Map<String, DatabaseAnalysis> round(
      UnplannedStatements unplanned, List<DeadLetter> letters, TableAnalysis... tables) {
    return Map.of("shop", new DatabaseAnalysis(List.of(tables), unplanned, letters, Set.of()));
  }

  private static Map<String, Analysis> published(Analysis... analyses) {
    return Arrays.stream(analyses).collect(Collectors.toMap(Analysis::key, each -> each));
  }

  @Test
  void whatIsNewIsNews() {
    News news = News.of(Map.of(), round(unplanned(LATE), List.of(), table("a", LATE, 1)), Set.of());
    assertThat(news.analyses()).containsOnlyKeys("shop/public.a");
  }

  @Test
  void whatHasNotChangedButInTimeIsNoNews() {
    News news =
        News.of(
            published(table("a", EARLY, 1), unplanned(EARLY, "f PLAN_FAILED")),
            round(unplanned(LATE, "f PLAN_FAILED"), List.of(letter("f")), table("a", LATE, 1)),
            Set.of());
    assertThat(news.analyses()).isEmpty();
    assertThat(news.deadLetters()).isEmpty();
  }

  @Test
  void whatHasChangedIsNews() {
    News news =
        News.of(
            published(table("a", EARLY, 1), table("b", EARLY, 1)),
            round(unplanned(LATE), List.of(), table("a", LATE, 2), table("b", LATE, 1)),
            Set.of());
    assertThat(news.analyses()).containsOnlyKeys("shop/public.a");
  }

  @Test
  void whatIsNoLongerReadIsTakenAway() {
    News news =
        News.of(
            published(table("a", EARLY, 1), unplanned(EARLY, "f PLAN_FAILED")),
            round(unplanned(LATE), List.of()),
            Set.of());
    assertThat(news.analyses()).containsOnlyKeys("shop/public.a", "shop/");
    assertThat(news.analyses().values()).containsOnlyNulls();
  }

  @Test
  void aDatabaseThatCouldNotBeAnalysedKeepsWhatItHas() {
    News news = News.of(published(table("a", EARLY, 1)), Map.of(), Set.of("shop"));
    assertThat(news.analyses()).isEmpty();
  }

  @Test
  void aTableThatLogdexFailedOnKeepsWhatItHas() {
    Map<String, DatabaseAnalysis> round =
        Map.of(
            "shop",
            new DatabaseAnalysis(List.of(), unplanned(LATE), List.of(), Set.of("public.a")));
    assertThat(News.of(published(table("a", EARLY, 1)), round, Set.of()).analyses()).isEmpty();
  }

  @Test
  void aDeadLetterIsWrittenOnce() {
    News news =
        News.of(
            published(unplanned(EARLY, "f PLAN_FAILED")),
            round(
                unplanned(LATE, "f PLAN_FAILED", "g PLAN_FAILED"),
                List.of(letter("f"), letter("g")),
                table("a", LATE, 1)),
            Set.of());
    assertThat(news.deadLetters()).extracting(DeadLetter::place).containsExactly("g");
    assertThat(news.analyses()).containsOnlyKeys("shop/", "shop/public.a");
  }

  @Test
  void thenTheCostsAreLeftOutThatImproveNothing() {
    TableAnalysis table = table("a", LATE, 1, "x".repeat(500));
    List<ScanCost> cells = new ArrayList<>();
    List<StatementCost> costs = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      cells.add(new ScanCost("s", "useless " + i, 10, false));
      costs.add(new StatementCost("1", "useless " + i, 1));
    }
    cells.add(new ScanCost("s", "good", 9, false));
    costs.add(new StatementCost("1", "good", 0.5));
    TableAnalysis large =
        new TableAnalysis(
            1,
            table.table(),
            LATE,
            table.facts(),
            WriteRates.NONE,
            table.statements(),
            List.of(
                new Scan("s", List.of(), List.of(), List.of(), false, 1, 1, 10, null, List.of())),
            List.of(),
            List.of(),
            cells,
            costs);
    TableAnalysis fit = (TableAnalysis) Fitting.fit(large, 1200).orElseThrow();
    assertThat(fit.costs()).extracting(ScanCost::index).containsExactly("good");
    assertThat(fit.statementCosts()).extracting(StatementCost::index).containsExactly("good");
  }

  @Test
  void whatDoesNotFitIsCutWhereOnlyPeopleRead() {
    TableAnalysis large = table("a", LATE, 1, "x".repeat(5000), "y".repeat(5000));
    assertThat(Fitting.fit(large, 100_000)).containsSame(large);
    TableAnalysis cut = (TableAnalysis) Fitting.fit(large, 3000).orElseThrow();
    assertThat(cut.statements()).allSatisfy(each -> assertThat(each.text()).hasSize(1000));
    assertThat(Fitting.fit(large, 100)).isEmpty();
  }
}
