package dev.logdex.recommender.page;

import static dev.logdex.recommender.AnalysisBuilder.btree;
import static dev.logdex.recommender.AnalysisBuilder.table;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logdex.analyzer.event.TableAnalysis;
import dev.logdex.recommender.AnalysisBuilder;
import dev.logdex.recommender.event.Decision;
import dev.logdex.recommender.event.Recommendation;
import dev.logdex.recommender.event.RecommendationEvent;
import dev.logdex.recommender.event.RecommendationState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PagesTest {
  private static final Reader LOGGED_IN = Reader.loggedIn("csrf-of-the-session");
  private static final String HOSTILE = "\"><script>alert(1)</script>\u202E<img src=x>";

  private final SampleFindings shop = SampleFindings.shop();

  /** Every page of findings whose every name and text is hostile. */
  static Stream<String> hostilePages() {
    SampleFindings findings =
        new SampleFindings(
            table(HOSTILE, HOSTILE, HOSTILE)
                .query("q", HOSTILE + " = $1", 10, 10_000)
                .query("w", HOSTILE + " > $1", 10, 10_000)
                .existing(HOSTILE, btree(HOSTILE))
                .candidate(HOSTILE + "b")
                .cell("q", AnalysisBuilder.id(btree(HOSTILE + "b")), 10)
                .build());
    RecommendationEvent told = findings.recommendations().get(0);
    findings.change(
        told.data()
            .decided(new Decision(HOSTILE, HOSTILE, Instant.EPOCH, Instant.EPOCH))
            .superseded(HOSTILE)
            .told(HOSTILE, HOSTILE));
    return pages(findings, LOGGED_IN).stream();
  }

  @ParameterizedTest
  @MethodSource("hostilePages")
  void noNameOrTextBecomesMarkup(String page) {
    assertThat(page).contains("&lt;script&gt;alert(1)");
    assertThat(page)
        .doesNotContain("<script")
        .doesNotContain("<img src=x")
        .doesNotContain("\u202E");
  }

  @Test
  void aHugeStatementMakesNoHugePage() {
    SampleFindings findings =
        new SampleFindings(
            table("t")
                .query("q", "a = $1 " + "OR b".repeat(1_000_000), 10, 10_000)
                .candidate("a")
                .cell("q", "a", 10)
                .build());

    assertThat(pages(findings, LOGGED_IN))
        .allSatisfy(page -> assertThat(page).hasSizeLessThan(60_000));
  }

  @Test
  void theOverviewListsWhatIsOpenAndTheTablesOfEveryDatabase() {
    String page = OverviewPage.render(shop, open(), Reader.READ_ONLY);

    assertThat(page)
        .contains("Add an index on public.orders (customer_id, placed_at)")
        .contains("<a href=\"/databases/billing\">billing</a>")
        .contains("<a href=\"/tables/shop/public.users\">public.users</a>");
    assertThat(page.indexOf("public.order_lines (order_id)"))
        .as("the largest saving comes first")
        .isLessThan(page.indexOf("public.orders (customer_id"));
  }

  @Test
  void theOverviewShowsOnlyWhatTheFilterWants() {
    String page = OverviewPage.render(shop, open().withDatabase("billing"), Reader.READ_ONLY);

    assertThat(page)
        .contains("Add an index on accounts.invoices")
        .doesNotContain("Add an index on public.orders");
  }

  @Test
  void aFilterThatFitsNothingSaysSo() {
    assertThat(OverviewPage.render(shop, open().withState("withdrawn"), Reader.READ_ONLY))
        .contains("No recommendation is of this kind and state.");
  }

  @Test
  void withoutAnyFindingEveryListSaysThatItIsEmpty() {
    SampleFindings nothing = new SampleFindings();

    assertThat(OverviewPage.render(nothing, open(), Reader.READ_ONLY))
        .contains("Nothing is recommended yet.")
        .contains("No table has been analysed yet.");
    assertThat(WhyNotPage.render(nothing, "", "", Reader.READ_ONLY))
        .contains("There is no such query.");
    assertThat(DatabasePage.render(nothing, "shop", Reader.READ_ONLY)).isEmpty();
  }

  @Test
  void theMatrixMarksChosenAndExistingIndexes() {
    String page = tablePage(shop, "shop/public.orders");

    assertThat(page)
        .contains("<tr class=\"chosen\"><th scope=\"row\" title=\"The columns are compared")
        .contains("<tr class=\"existing\">")
        .contains("title=\"Saves &gt;99.9 % today: 21400.00 without it, 8.44 with it\"")
        .contains("title=\"99.8 % saved: 22554.60 today, 40.30 with it\"")
        .contains("<td class=\"worse\" title=\"21900.00 today, 44761.00 with it; the planner bets");
  }

  @Test
  void aLargeMatrixIsCutAndSaysSo() {
    AnalysisBuilder builder = table("wide");
    for (int i = 0; i < 60; i++) {
      builder.query("q" + i, "c" + i + " = $1", 1, 1_000).candidate("c" + i);
      builder.cell("q" + i, "c" + i, 999);
    }

    assertThat(tablePage(new SampleFindings(builder.build()), "shop/public.wide"))
        .contains("The first 40 of 60 scans are shown.")
        .contains("The first 40 of 60 indexes are shown.")
        .doesNotContain(">S41<");
  }

  @Test
  void declinedIndexesAreToldWithWhatSpokeAgainstThem() {
    assertThat(tablePage(shop, "shop/public.orders"))
        .contains("would help, but beside the chosen ones it would save hardly anything more.");
  }

  @Test
  void plansOfTodayAndWithTheIndexStandSideBySide() {
    assertThat(recommendationPage(shop, "(customer_id, placed_at)", Reader.READ_ONLY))
        .contains("Filter: (customer_id = $1)")
        .contains("<li class=\"d1 reads\"><b>Index Scan Backward</b>");
  }

  @Test
  void theStatementsToRunCanBeCopied() {
    assertThat(recommendationPage(shop, "(customer_id, placed_at)", Reader.READ_ONLY))
        .contains(
            "<pre><code>CREATE INDEX CONCURRENTLY index_orders_on_customer_id_and_placed_at ON"
                + " public.orders USING btree (customer_id, placed_at);</code></pre>")
        .contains("DROP INDEX CONCURRENTLY")
        .contains("Not inside a transaction.");
  }

  @Test
  void aStatementWithInvisibleCharactersSaysThatItIsNotTheRealOne() {
    SampleFindings findings =
        new SampleFindings(
            table("t")
                .query("q", "a = $1", 10, 10_000)
                .candidate("\"a\u200Bb\"")
                .cell("q", "\"a\u200Bb\"", 10)
                .build());

    assertThat(recommendationPage(findings, "", Reader.READ_ONLY))
        .contains("A name in it holds invisible characters");
    assertThat(recommendationPage(shop, "", Reader.READ_ONLY)).doesNotContain("invisible");
  }

  @Test
  void onlyWhoIsLoggedInSeesForms() {
    assertThat(recommendationPage(shop, "", Reader.READ_ONLY)).doesNotContain("<form");
    assertThat(recommendationPage(shop, "", Reader.STRANGER)).doesNotContain("<form");
    assertThat(recommendationPage(shop, "", LOGGED_IN))
        .contains("name=\"action\" value=\"accept\"")
        .contains("name=\"action\" value=\"dismiss\"")
        .doesNotContain("value=\"reopen\"")
        .contains("name=\"csrf\" value=\"csrf-of-the-session\"");
  }

  @Test
  void whatIsDoneCannotBeDecided() {
    Recommendation advice = shop.recommendations().get(0).data();
    shop.change(advice.in(RecommendationState.APPLIED, "The catalog shows it."));

    assertThat(page(shop, shop.recommendation(advice.id()).orElseThrow(), LOGGED_IN))
        .contains("The catalog shows it.")
        .doesNotContain("name=\"action\"");
  }

  @Test
  void aDecisionIsToldWithReasonNameAndDay() {
    Recommendation advice = shop.recommendations().get(0).data();
    shop.change(
        advice
            .in(RecommendationState.DISMISSED, "It was dismissed.")
            .decided(
                new Decision(
                    "Moves to an archive.",
                    "Ada",
                    Instant.parse("2027-01-31T00:00:00Z"),
                    Instant.EPOCH)));

    assertThat(page(shop, shop.recommendation(advice.id()).orElseThrow(), Reader.READ_ONLY))
        .contains("Moves to an archive., by Ada, until <time")
        .contains(">2027-01-31</time>");
  }

  @Test
  void whyNotIsFilteredByDatabaseAndReason() {
    assertThat(WhyNotPage.render(shop, "shop", "small-table", Reader.READ_ONLY))
        .contains("lower(mail)")
        .doesNotContain("id = $1");
    assertThat(WhyNotPage.render(shop, "billing", "", Reader.READ_ONLY))
        .contains("There is no such query.");
  }

  @Test
  void namesWithSlashesAreOneSegmentOfALink() {
    assertThat(Links.table("a/b", "public.c d?")).isEqualTo("/tables/a%2Fb/public.c%20d%3F");
  }

  private static List<String> pages(SampleFindings findings, Reader reader) {
    TableFinding finding =
        findings
            .table(
                findings.tables().get(0).table().database()
                    + "/"
                    + findings.tables().get(0).table().qualified())
            .orElseThrow();
    TableAnalysis analysis = finding.analysis();
    List<String> pages = new ArrayList<>();
    pages.add(OverviewPage.render(findings, Filter.ALL, reader));
    pages.add(DatabasePage.render(findings, analysis.table().database(), reader).orElseThrow());
    pages.add(TablePage.render(findings, finding, reader));
    pages.add(WhyNotPage.render(findings, "", "", reader));
    findings.recommendations().forEach(told -> pages.add(page(findings, told, reader)));
    return pages;
  }

  private static String tablePage(SampleFindings findings, String key) {
    return TablePage.render(findings, findings.table(key).orElseThrow(), Reader.READ_ONLY);
  }

  private static String recommendationPage(
      SampleFindings findings, String titleEnd, Reader reader) {
    return page(
        findings,
        findings.recommendations().stream()
            .filter(told -> told.data().title().endsWith(titleEnd))
            .findFirst()
            .orElseThrow(),
        reader);
  }

  private static String page(SampleFindings findings, RecommendationEvent told, Reader reader) {
    return RecommendationPage.render(
        told, findings.table(told.data().database() + "/" + told.data().table()), "", reader);
  }

  private static Filter open() {
    return new Filter(Filter.OPEN, "", "");
  }
}
