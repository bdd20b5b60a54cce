package dev.logdex.recommender.page;

import static dev.logdex.recommender.page.Element.el;
import static java.util.Objects.requireNonNullElse;

import dev.logdex.analyzer.event.OutlineNode;
import dev.logdex.analyzer.event.PlanOutline;
import dev.logdex.analyzer.event.TableAnalysis;
import dev.logdex.recommender.advice.Figures;
import dev.logdex.recommender.advice.VisibleText;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The plan of a statement today and with an index, side by side. */
final class PlanComparison {
  private static final int DEEPEST = 12;
  private static final int CONDITION_LENGTH = 300;

  private PlanComparison() {}

  /**
   * The comparison; nothing when the analysis has no plan of the statement with the index.
   *
   * @param index a candidate's id
   */
  static Html of(TableAnalysis analysis, String fingerprint, String index) {
    Optional<PlanOutline> today = outline(analysis, fingerprint, null);
    Optional<PlanOutline> then = outline(analysis, fingerprint, index);
    if (then.isEmpty()) {
      return Html.NOTHING;
    }
    return el(
        "details.plans",
        el("summary", "Plans before and after"),
        el("div.pair", plan("Today", today, ""), plan("With the index", then, index)));
  }

  private static Optional<PlanOutline> outline(
      TableAnalysis analysis, String fingerprint, @Nullable String index) {
    return analysis.outlines().stream()
        .filter(
            outline ->
                outline.fingerprint().equals(fingerprint) && Objects.equals(outline.index(), index))
        .findFirst();
  }

  private static Html plan(String heading, Optional<PlanOutline> outline, String index) {
    return el(
        "div",
        el("h4", heading),
        outline.map(known -> nodes(known, index)).orElseGet(() -> Figure.note("It is not known.")));
  }

  private static Html nodes(PlanOutline outline, String index) {
    List<OutlineNode> nodes = outline.nodes();
    Html left =
        outline.nodesLeftOut() == 0
            ? Html.NOTHING
            : Figure.note(
                Figures.counted(outline.nodesLeftOut(), "node", "nodes") + " more are not shown.");
    return Html.all(el("ol.plan").addAll(nodes.stream().map(node -> node(node, index))), left);
  }

  private static Html node(OutlineNode node, String index) {
    boolean reads = !index.isEmpty() && index.equals(node.index());
    Element item =
        el(
            "li.d" + Math.min(DEEPEST, node.depth()) + (reads ? ".reads" : ""),
            el("b", node.type()));
    String table = requireNonNullElse(node.table(), "");
    if (!table.isEmpty()) {
      item.add(" on ").add(Figure.code(table));
    }
    String used = requireNonNullElse(node.index(), "");
    if (!used.isEmpty()) {
      item.add(" by ").add(Figure.code(used.replaceFirst("^USING (btree )?", "")));
    }
    item.add(el("small", "cost " + Figures.cost(node.cost()) + " · " + rows(node.rows())));
    return item.addAll(
        node.conditions().stream()
            .map(condition -> el("code.condition", VisibleText.cut(condition, CONDITION_LENGTH))));
  }

  private static String rows(double rows) {
    return Figures.counted(Math.round(rows), "row", "rows");
  }
}
