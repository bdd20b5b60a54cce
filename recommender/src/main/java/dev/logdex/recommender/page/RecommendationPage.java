package dev.logdex.recommender.page;

import static dev.logdex.recommender.page.Element.el;
import static dev.logdex.recommender.page.Element.link;

import dev.logdex.recommender.advice.Figures;
import dev.logdex.recommender.advice.VisibleText;
import dev.logdex.recommender.event.BuildEstimate;
import dev.logdex.recommender.event.Decision;
import dev.logdex.recommender.event.Recommendation;
import dev.logdex.recommender.event.RecommendationEvent;
import dev.logdex.recommender.event.WriteCosts;
import dev.logdex.recommender.page.Figure.Fact;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A recommendation: why, how, at what price, and for which queries. */
public final class RecommendationPage {
  private RecommendationPage() {}

  /**
   * The page.
   *
   * @param finding of its table; empty when it has no analysis any more
   * @param sent what has just been decided on the page, a word; empty for nothing
   */
  public static String render(
      RecommendationEvent told, Optional<TableFinding> finding, String sent, Reader reader) {
    Recommendation advice = told.data();
    return Layout.page(
        VisibleText.cut(advice.title(), 120),
        "",
        reader,
        Layout.path(
            link(Links.OVERVIEW, "Overview"),
            link(Links.database(advice.database()), advice.database()),
            link(Links.table(advice.database(), advice.table()), advice.table())),
        el("h1", advice.title()),
        el(
            "p.meta.lead",
            Figure.state(advice.state()),
            Figure.severity(advice.severity()),
            el("span", Figure.kind(advice.kind())),
            el("code.id", advice.id())),
        DecisionForms.notice(sent),
        el("p.reason", advice.reason()),
        Figure.facts(facts(told)),
        lock(advice),
        DecisionForms.of(advice, reader),
        Figure.section("steps", "Statements to run", StepList.of(advice)),
        prices(advice),
        evidence(advice),
        limits(advice),
        Figure.section("queries", "Queries that gain", QueryGains.of(advice, finding)),
        Figure.section("scans", "Its row of the matrix", ScanGains.of(advice)),
        Figure.section("state", "State", state(told)));
  }

  private static List<Fact> facts(RecommendationEvent told) {
    Recommendation advice = told.data();
    List<Fact> facts = new ArrayList<>();
    facts.add(Fact.of("Saves", Figures.rate(advice.savingPerMinute()) + " planner units a minute"));
    facts.add(Fact.of("Size", Figures.bytes(advice.sizeBytes())));
    BuildEstimate build = advice.build();
    if (build != null) {
      facts.add(Fact.of("Takes about", duration(build.seconds())));
    }
    facts.add(
        Fact.of(
            "Table",
            Figures.counted(advice.tableFacts().rows(), "row", "rows")
                + ", "
                + Figures.bytes(advice.tableFacts().sizeBytes())));
    return facts;
  }

  /** Told beside each step, if the steps are those of today's events. */
  private static Html lock(Recommendation advice) {
    BuildEstimate build = advice.build();
    return build == null || advice.steps().stream().anyMatch(step -> !step.lock().isEmpty())
        ? Html.NOTHING
        : Figure.note("Lock: " + build.lock() + ".");
  }

  static String duration(double seconds) {
    if (seconds < 1) {
      return "a second";
    }
    return seconds < 120
        ? Figures.counted(Math.round(seconds), "second", "seconds")
        : seconds < 7200
            ? Figures.count(Math.round(seconds / 60)) + " minutes"
            : Figures.count(Math.round(seconds / 3600)) + " hours";
  }

  private static Html prices(Recommendation advice) {
    WriteCosts writes = advice.writes();
    List<Fact> facts = new ArrayList<>();
    facts.add(Fact.of("Bytes per byte of the table", Figures.rate(advice.writeOverhead())));
    if (writes.bytesPerEntry() > 0) {
      facts.add(Fact.of("Entries a minute", Figures.rate(writes.entriesPerMinute())));
      facts.add(Fact.of("Written a minute", Figures.bytes(Math.round(writes.bytesPerMinute()))));
      facts.add(Fact.of("Written per entry", Figures.bytes(Math.round(writes.bytesPerEntry()))));
      facts.add(
          Fact.of("Heap-only updates lost a minute", Figures.rate(writes.hotLostPerMinute())));
    }
    if (!writes.endsHotOf().isEmpty()) {
      facts.add(Fact.of("Because these are updated", String.join(", ", writes.endsHotOf())));
    }
    return Figure.section("writes", "What writing it costs", Figure.facts(facts));
  }

  private static Html evidence(Recommendation advice) {
    return advice.evidence().isEmpty()
        ? Html.NOTHING
        : Figure.section(
            "evidence",
            "Evidence",
            Figure.facts(
                advice.evidence().stream()
                    .map(each -> Fact.of(each.name(), each.value()))
                    .toList()));
  }

  private static Html limits(Recommendation advice) {
    return advice.limits().isEmpty()
        ? Html.NOTHING
        : Figure.section(
            "limits",
            "Limits that were reached",
            Figure.note("More would have been advised for the table, but for these bounds:"),
            el("ul.plain").addAll(advice.limits().stream().map(limit -> el("li", limit))));
  }

  private static Html state(RecommendationEvent told) {
    Recommendation advice = told.data();
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("Now", Figure.state(advice.state())));
    facts.add(Fact.of("Told last", advice.change()));
    facts.add(new Fact("By the log of", Figure.time(told.time())));
    Decision decision = advice.decision();
    if (decision != null) {
      facts.add(new Fact("Decided", decision(decision)));
    }
    String successor = advice.supersededBy();
    if (successor != null) {
      facts.add(new Fact("Superseded by", link(Links.recommendation(successor), successor)));
    }
    return Html.all(
        Figure.facts(facts),
        Figure.note(
            "Only the newest state is kept here; older ones are on the topic while it has"
                + " not been compacted."));
  }

  private static Html decision(Decision decision) {
    List<Html> parts = new ArrayList<>();
    parts.add(Html.text(decision.reason().isEmpty() ? "without a reason" : decision.reason()));
    if (!decision.by().isEmpty()) {
      parts.add(Html.text(", by " + decision.by()));
    }
    var until = decision.until();
    if (until != null) {
      parts.add(Html.text(", until "));
      parts.add(Figure.day(until));
    }
    return Html.all(parts);
  }
}
