package dev.logdex.analyzer.candidate;

import dev.logdex.analyzer.catalog.Column;
import dev.logdex.analyzer.event.IndexDefinition;
import dev.logdex.analyzer.event.IndexElement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Fires when an index with a few narrow columns more would have all that a scan needs, so that rows
 * need not be visited: only when most pages are known to be visible to all, when no statement
 * updates those columns, and when many rows are read or the scan is repeated by a join.
 */
final class IncludeRule implements CandidateRule {
  /** Below it an index-only scan visits so many rows that it saves little. */
  private static final double VISIBLE = 0.8;

  private static final int MOST_COLUMNS = 3;
  private static final double MOST_BYTES = 40;
  private static final double FEW_ROWS = 20;

  @Override
  public Stream<Proposal> propose(Wants wants) {
    double visible = Objects.requireNonNullElse(wants.table().upkeep().allVisibleFraction(), 0.0);
    boolean many = wants.scan().rows() >= FEW_ROWS || !wants.joins().isEmpty();
    return visible < VISIBLE || !many
        ? Stream.empty()
        : keys(wants).flatMap(keys -> proposal(keys, wants).stream());
  }

  private static Stream<List<IndexElement>> keys(Wants wants) {
    List<IndexElement> equalities = Elements.of(wants.equalities());
    List<IndexElement> range = Elements.of(wants.ranges()).stream().limit(1).toList();
    Stream<List<IndexElement>> joined =
        Elements.of(wants.joins()).stream().map(join -> Elements.concat(List.of(join), equalities));
    return Stream.concat(
            Stream.of(
                Elements.concat(equalities, range), Elements.concat(equalities, wants.order())),
            joined)
        .filter(keys -> !keys.isEmpty())
        .distinct();
  }

  private static Optional<Proposal> proposal(List<IndexElement> keys, Wants wants) {
    Set<String> names = Set.copyOf(keys.stream().map(IndexElement::expression).distinct().toList());
    List<Column> extra = new ArrayList<>();
    for (String needed : wants.scan().needed()) {
      Optional<Column> column = wants.table().column(needed);
      if (column.isEmpty() && isSystemColumn(needed)) {
        return Optional.empty();
      }
      column.filter(each -> !names.contains(each.quoted())).ifPresent(extra::add);
    }
    return fits(extra, wants)
        ? Optional.of(proposal(keys, extra.stream().map(Column::quoted).toList()))
        : Optional.empty();
  }

  /** Those, and whole rows, are never in an index. */
  private static boolean isSystemColumn(String name) {
    return Set.of("*", "ctid", "tableoid", "xmin", "xmax", "cmin", "cmax").contains(name);
  }

  private static boolean fits(List<Column> extra, Wants wants) {
    double bytes = extra.stream().mapToDouble(column -> column.statistics().averageWidth()).sum();
    return !extra.isEmpty()
        && extra.size() <= MOST_COLUMNS
        && bytes <= MOST_BYTES
        && extra.stream().noneMatch(column -> wants.updated().contains(column.name()));
  }

  private static Proposal proposal(List<IndexElement> keys, List<String> include) {
    return new Proposal(
        new IndexDefinition("btree", keys, include, null),
        "With "
            + String.join(" and ", include)
            + " the index has all that is read, so that rows need not be visited.");
  }
}
