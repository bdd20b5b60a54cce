package dev.logdex.recommender.page;

import static dev.logdex.recommender.page.Element.el;
import static dev.logdex.recommender.page.Element.link;

import dev.logdex.analyzer.event.TableAnalysis;
import dev.logdex.analyzer.event.TableFacts;
import dev.logdex.analyzer.event.TableName;
import dev.logdex.analyzer.event.WriteRates;
import dev.logdex.recommender.advice.Figures;
import dev.logdex.recommender.event.RecommendationEvent;
import dev.logdex.recommender.page.Figure.Fact;
import dev.logdex.recommender.selection.Declined;
import dev.logdex.recommender.selection.Preset;
import dev.logdex.recommender.whynot.DeclinedText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A table: its facts, its matrix, what is advised for it and what was declined. */
public final class TablePage {
  private static final int DECLINED = 50;

  private TablePage() {}

  public static String render(Findings findings, TableFinding finding, Reader reader) {
    TableName table = finding.analysis().table();
    Grid grid = Grid.of(finding);
    return Layout.page(
        table.qualified(),
        "",
        reader,
        Layout.path(
            link(Links.OVERVIEW, "Overview"),
            link(Links.database(table.database()), table.database()),
            Html.text(table.qualified())),
        el("h1", table.qualified()),
        Figure.facts(facts(finding)),
        Figure.section("matrix", "What each index would save", MatrixPicture.of(grid)),
        Figure.section(
            "recommendations",
            "Recommendations",
            RecommendationList.of(
                of(table, findings), "Nothing has been recommended for this table.")),
        Figure.section("declined", "Declined", declined(finding)),
        Figure.section("scans", "Scans", ScanList.of(grid, finding)),
        Figure.section("queries", "Queries", StatementList.of(finding)));
  }

  private static List<RecommendationEvent> of(TableName table, Findings findings) {
    return Filter.ALL.withDatabase(table.database()).of(findings.recommendations()).stream()
        .filter(told -> told.data().table().equals(table.qualified()))
        .toList();
  }

  private static List<Fact> facts(TableFinding finding) {
    TableAnalysis analysis = finding.analysis();
    TableFacts facts = analysis.facts();
    List<Fact> list = new ArrayList<>();
    list.add(Fact.of("Rows", Figures.count(facts.rows())));
    list.add(Fact.of("Size", Figures.bytes(facts.sizeBytes())));
    list.add(Fact.of("Writes", writes(analysis.writes())));
    if (facts.partitioned()) {
      list.add(Fact.of("Partitions", Figures.count(facts.partitions())));
    }
    Double visible = facts.allVisibleFraction();
    if (visible != null) {
      list.add(Fact.of("All-visible pages", Figures.percent(visible)));
    }
    Double hot = facts.hotUpdateShare();
    if (hot != null) {
      list.add(Fact.of("Heap-only updates", Figures.percent(hot)));
    }
    Instant analysed = facts.analysedAt();
    if (analysed != null) {
      list.add(new Fact("Statistics of", Figure.time(analysed)));
    }
    Preset preset = finding.selection().preset();
    if (preset != null) {
      list.add(Fact.of("Chosen for", preset.word().replace('-', ' ') + " use"));
    }
    list.add(new Fact("Log read to", Figure.time(analysis.analysedTo())));
    return list;
  }

  private static String writes(WriteRates writes) {
    List<String> rates = new ArrayList<>();
    rate(rates, writes.insertsPerMinute(), "inserts");
    rate(rates, writes.updatesPerMinute(), "updates");
    rate(rates, writes.deletesPerMinute(), "deletes");
    rate(rates, writes.mergesPerMinute(), "merges");
    rate(rates, writes.copiesPerMinute(), "copies");
    return rates.isEmpty() ? "none in the log" : String.join(", ", rates) + " a minute";
  }

  private static void rate(List<String> rates, double perMinute, String things) {
    if (perMinute > 0) {
      rates.add(Figures.rate(perMinute) + " " + things);
    }
  }

  private static Html declined(TableFinding finding) {
    List<Declined> declined =
        finding.selection().declined().stream()
            .sorted(
                Comparator.comparingDouble((Declined each) -> -each.saving())
                    .thenComparing(Declined::index))
            .toList();
    if (declined.isEmpty()) {
      return Figure.empty("No index that would have helped was declined.");
    }
    String table = finding.analysis().table().qualified();
    return Html.all(
        el("ul.plain")
            .addAll(
                declined.stream()
                    .limit(DECLINED)
                    .map(each -> el("li", DeclinedText.of(table, each)))),
        Cut.note(declined.size(), DECLINED, "declined indexes"));
  }
}
