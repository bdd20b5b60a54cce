package dev.logdex.analyzer.scan;

import dev.logdex.analyzer.catalog.RelationName;
import dev.logdex.analyzer.plan.PlanNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads scans out of a plan that was made with index scans disabled: such a plan shows every
 * condition as a filter and every wanted order as a sort, so a statement has the same scans before
 * and after an index is built.
 */
public final class ScanReader {
  /** What the planner adds to the alias of a parent to name its partitions. */
  private static final Pattern PARTITION_NUMBER = Pattern.compile("_\\d+$");

  private final Function<RelationName, Optional<RelationName>> tableOf;
  private final Commutators commutators;

  /**
   * A reader.
   *
   * @param tableOf the table that a relation belongs to: itself, or the parent of a partition;
   *     empty for what is no table of interest, such as the system catalogs
   */
  public ScanReader(
      Function<RelationName, Optional<RelationName>> tableOf, Commutators commutators) {
    this.tableOf = tableOf;
    this.commutators = commutators;
  }

  private record Key(RelationName table, String alias) {}

  /** The scans, in the order of the plan. */
  public List<TableScan> read(PlanNode plan) {
    Collection<Source> sources = sources(plan);
    JoinClauses joins = new JoinClauses(plan);
    WantedOrder order = new WantedOrder(plan);
    NeededColumns needed = new NeededColumns(plan);
    return sources.stream().map(source -> scan(source, joins, order, needed)).toList();
  }

  private Collection<Source> sources(PlanNode plan) {
    Map<Key, List<PlanNode>> nodes = new LinkedHashMap<>();
    plan.tree()
        .filter(PlanNode::readsRelation)
        .forEach(node -> key(node).ifPresent(key -> nodesOf(nodes, key).add(node)));
    List<Source> sources = new ArrayList<>();
    nodes.forEach(
        (key, of) -> sources.add(new Source(key.table, aliases(key, of), of, commutators)));
    return sources;
  }

  private static List<PlanNode> nodesOf(Map<Key, List<PlanNode>> nodes, Key key) {
    return nodes.computeIfAbsent(key, unseen -> new ArrayList<>());
  }

  private Optional<Key> key(PlanNode node) {
    RelationName relation = new RelationName(orEmpty(node.schema()), orEmpty(node.relation()));
    String alias = orEmpty(node.alias());
    return tableOf
        .apply(relation)
        .map(
            table ->
                new Key(
                    table,
                    table.equals(relation)
                        ? alias
                        : PARTITION_NUMBER.matcher(alias).replaceFirst("")));
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static Set<String> aliases(Key key, List<PlanNode> nodes) {
    Set<String> aliases = new TreeSet<>();
    aliases.add(key.alias);
    nodes.forEach(node -> aliases.add(orEmpty(node.alias())));
    return aliases;
  }

  /** Partitions repeat a condition, and a statement may name one column twice. */
  private static void put(Map<String, Clause> clauses, Clause clause) {
    clauses.merge(clause.text(), clause, Clause::agreeingWith);
  }

  private static TableScan scan(
      Source source, JoinClauses joins, WantedOrder order, NeededColumns needed) {
    Map<String, Clause> where = new TreeMap<>();
    Map<String, Clause> join = new TreeMap<>();
    source.conditions().forEach(clause -> put(clause.joins() ? join : where, clause));
    joins.of(source).forEach(clause -> put(join, clause));
    join.values().removeIf(clause -> clause.operands().isEmpty());
    WantedOrder.Wish wish = order.of(source);
    return new TableScan(
        source.table(),
        source.aliases(),
        List.copyOf(where.values()),
        List.copyOf(join.values()),
        wish.keys(),
        wish.limited(),
        needed.of(source),
        source.rows());
  }
}
