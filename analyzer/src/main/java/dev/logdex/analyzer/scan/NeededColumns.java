package dev.logdex.analyzer.scan;

import dev.logdex.analyzer.plan.PlanNode;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Which columns of a table a statement needs: those that its plan mentions. What a scan itself puts
 * out counts only where nothing above says what it takes of it, because the planner lets a scan put
 * out whole rows where that is cheaper.
 */
final class NeededColumns {
  /** They put out what their input puts out. */
  private static final Set<String> PASSING =
      Set.of(
          "Append",
          "Merge Append",
          "Gather",
          "Gather Merge",
          "Limit",
          "LockRows",
          "Sort",
          "Incremental Sort",
          "Unique",
          "Materialize",
          "Memoize",
          "Hash",
          "ModifyTable");

  private final PlanNode plan;

  NeededColumns(PlanNode plan) {
    this.plan = plan;
  }

  /** Sorted; where a statement reads one table only, names of functions may be among them. */
  List<String> of(Source source) {
    Set<String> needed = new TreeSet<>();
    boolean named = plan.tree().filter(PlanNode::readsRelation).count() > 1;
    collect(plan, false, source, named, needed);
    return List.copyOf(needed);
  }

  private static void collect(
      PlanNode node, boolean taken, Source source, boolean named, Set<String> needed) {
    boolean own = source.nodes().contains(node);
    Stream<String> texts =
        Stream.of(
                conditions(node.conditions()),
                node.sortKey().stream(),
                node.groupKey().stream(),
                own && taken ? Stream.<String>empty() : node.output().stream())
            .flatMap(each -> each);
    texts.forEach(text -> mentions(Expression.parse(text), source, named, needed));
    boolean takes = taken || (!PASSING.contains(node.type()) && !own);
    node.children()
        .forEach(child -> collect(child, takes && !child.isSubquery(), source, named, needed));
  }

  private static Stream<String> conditions(PlanNode.Conditions of) {
    return Stream.concat(
            Stream.of(of.filter(), of.indexCond(), of.recheckCond()), of.joins().stream())
        .filter(text -> text != null);
  }

  private static void mentions(Expression text, Source source, boolean named, Set<String> needed) {
    text.columns()
        .filter(column -> source.aliases().contains(column.alias()))
        .forEach(column -> needed.add(column.column()));
    if (!named) {
      text.tokens().filter(Expression.Token::isName).forEach(token -> needed.add(token.name()));
    }
  }
}
