package dev.logdex.recommender.page;

import static dev.logdex.recommender.AnalysisBuilder.btree;
import static dev.logdex.recommender.AnalysisBuilder.fingerprint;

import dev.logdex.analyzer.event.OutlineNode;
import dev.logdex.analyzer.event.PlanOutline;
import dev.logdex.analyzer.event.ScanCost;
import dev.logdex.analyzer.event.TableAnalysis;
import dev.logdex.recommender.AnalysisBuilder;
import dev.logdex.recommender.event.Decision;
import dev.logdex.recommender.event.Recommendation;
import dev.logdex.recommender.event.RecommendationCommand;
import dev.logdex.recommender.event.RecommendationEvent;
import dev.logdex.recommender.event.RecommendationState;
import dev.logdex.recommender.recommendation.Advisor;
import dev.logdex.recommender.recommendation.Limits;
import dev.logdex.recommender.recommendation.TableAdvice;
import dev.logdex.recommender.selection.Policy;
import dev.logdex.recommender.selection.Policy.Overrides;
import dev.logdex.recommender.selection.Thresholds;
import dev.logdex.recommender.whynot.Verdict;
import dev.logdex.recommender.whynot.Verdicts;
import dev.logdex.recommender.whynot.WhyNot;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Findings of a few tables as the advisor makes them of their analyses; decisions are taken in. */
public final class SampleFindings implements Findings, Decisions {
  private final Map<String, TableFinding> tables = new TreeMap<>();
  private final Map<String, RecommendationEvent> told = new TreeMap<>();
  private final List<WhyNot> whyNot = new ArrayList<>();
  private final List<RecommendationCommand> taken = new ArrayList<>();

  public SampleFindings(TableAnalysis... analyses) {
    List.of(analyses).forEach(this::add);
  }

  /** A shop with four tables, and a second database. */
  public static SampleFindings shop() {
    return new SampleFindings(orders(), lines(), users(), events(), invoices());
  }

  private void add(TableAnalysis analysis) {
    Advisor advisor =
        new Advisor(new Policy(null, Overrides.NONE), Thresholds.DEFAULT, Limits.DEFAULT);
    TableAdvice advice = advisor.advise(analysis);
    tables.put(analysis.key(), new TableFinding(analysis, advice.selection()));
    advice
        .recommendations()
        .forEach(
            each -> tell(each.in(RecommendationState.PROPOSED, "It was found first."), analysis));
    new Verdicts(Thresholds.DEFAULT)
        .of(analysis, advice).stream().map(Verdict::whyNot).forEach(whyNot::add);
  }

  private void tell(Recommendation advice, TableAnalysis analysis) {
    told.put(
        advice.id(),
        RecommendationEvent.of(
            URI.create("urn:logdex:recommender"), advice, 1, analysis.analysedTo()));
  }

  /** Replaces what is told of a recommendation. */
  public synchronized void change(Recommendation advice) {
    RecommendationEvent before = told.get(advice.id());
    told.put(
        advice.id(),
        RecommendationEvent.of(before.source(), advice, before.change() + 1, before.time()));
  }

  public synchronized List<RecommendationCommand> taken() {
    return List.copyOf(taken);
  }

  @Override
  public synchronized List<RecommendationEvent> recommendations() {
    return List.copyOf(told.values());
  }

  @Override
  public List<TableSummary> tables() {
    return tables.values().stream().map(TableFinding::analysis).map(TableSummary::of).toList();
  }

  @Override
  public Optional<TableFinding> table(String key) {
    return Optional.ofNullable(tables.get(key));
  }

  @Override
  public List<WhyNot> whyNot() {
    return List.copyOf(whyNot);
  }

  @Override
  public synchronized void decide(RecommendationCommand command) {
    taken.add(command);
    Recommendation advice = told.get(command.recommendation()).data();
    Decision decision =
        new Decision(command.reason(), command.by(), command.until(), Instant.EPOCH);
    change(
        switch (command.action()) {
          case ACCEPT ->
              advice.in(RecommendationState.ACCEPTED, "It was accepted.").decided(decision);
          case DISMISS ->
              advice.in(RecommendationState.DISMISSED, "It was dismissed.").decided(decision);
          case REOPEN -> advice.in(RecommendationState.PROPOSED, "It was reopened.").decided(null);
        });
  }

  public static TableAnalysis orders() {
    TableAnalysis analysis = ordersWithoutExistingCells();
    List<ScanCost> cells = new ArrayList<>(analysis.costs());
    cells.add(new ScanCost("S-one", "orders_pkey", 8.44, false, 21_400.0));
    return analysis.withCosts(cells, analysis.statementCosts());
  }

  private static TableAnalysis ordersWithoutExistingCells() {
    String both = "customer_id, placed_at";
    return AnalysisBuilder.table("orders")
        .query("page", "customer_id = $1 AND placed_at > $2", 120, 22_554.6, 22_555.87, null)
        .query("count", "customer_id = $1", 5, 19_853)
        .query("open", "state = $1", 40, 21_400)
        .query("late", "state = $1 AND placed_at < $2", 2.5, 21_900)
        .query("one", "id = $1", 1_000, 8.44, 8.44, "orders_pkey")
        .query("all", "", 0.2, 24_000)
        .existing("orders_pkey", btree("id"))
        .existing("orders_total_idx", btree("total"))
        .candidate("customer_id")
        .candidate("customer_id", "placed_at")
        .candidate("state")
        .candidate("state", "placed_at")
        .candidate("placed_at")
        .cell("page", "customer_id", 151.2)
        .cell("page", both, 40.3)
        .cell("page", "placed_at", 12_800)
        .cell("count", "customer_id", 5.1)
        .cell("count", both, 5.3)
        .cell("open", "state", 4_200)
        .cell("open", "state, placed_at", 4_400)
        .cell("late", "state", 4_300)
        .cell("late", "state, placed_at", 390)
        .hopefulCell("late", "placed_at", 44_761)
        .build()
        .withOutlines(
            List.of(
                plan(
                    "page",
                    null,
                    node(0, "Limit", null, 22_555.87, 10),
                    node(1, "Sort", null, 22_555.8, 40),
                    node(
                        2,
                        "Seq Scan",
                        null,
                        22_554.6,
                        40,
                        "Filter: (customer_id = $1)",
                        "Filter: (placed_at > $2)")),
                plan(
                    "page",
                    both,
                    node(0, "Limit", null, 41.6, 10),
                    node(
                        1,
                        "Index Scan Backward",
                        both,
                        40.3,
                        40,
                        "Index Cond: ((customer_id = $1) AND (placed_at > $2))"))));
  }

  private static TableAnalysis lines() {
    return AnalysisBuilder.table("order_lines")
        .rows(8_400_000)
        .query("of-order", "order_id = $1", 640, 184_200)
        .query("of-item", "item_id = $1 AND returned_at IS NOT NULL", 3, 190_400)
        .existing("order_lines_pkey", btree("id"))
        .candidate("order_id")
        .candidate("item_id")
        .cell("of-order", "order_id", 12.8)
        .cell("of-item", "item_id", 2_310)
        .build();
  }

  private static TableAnalysis users() {
    return AnalysisBuilder.table("users")
        .rows(420)
        .query("by-mail", "lower(mail) = $1", 55, 31)
        .existing("users_pkey", btree("id"))
        .build();
  }

  /** A table whose matrix is wider than any window. */
  private static TableAnalysis events() {
    AnalysisBuilder builder = AnalysisBuilder.table("events").rows(52_000_000);
    for (int i = 1; i <= 24; i++) {
      String column = "attribute_" + i;
      builder
          .query(column, column + " = $1 AND at > $2", 30.0 / i, 900_000 + 1_000 * i)
          .candidate(column)
          .candidate(column, "at")
          .cell(column, column, 40_000.0 * i)
          .cell(column, column + ", at", 1_500.0 * i);
    }
    return builder.build();
  }

  private static TableAnalysis invoices() {
    return AnalysisBuilder.table("billing", "accounts", "invoices")
        .query("due", "due_on < $1 AND paid_at IS NULL", 6, 41_200)
        .candidate("due_on")
        .cell("due", "due_on", 820)
        .build();
  }

  private static PlanOutline plan(String q, String index, OutlineNode... nodes) {
    return new PlanOutline(fingerprint(q), index, List.of(nodes), 0);
  }

  private static OutlineNode node(
      int depth, String type, String index, double cost, double rows, String... conditions) {
    return new OutlineNode(
        depth,
        type,
        type.contains("Scan") ? "orders" : null,
        index,
        List.of(conditions),
        0,
        cost,
        rows);
  }
}
