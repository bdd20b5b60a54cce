package dev.logdex.analyzer.candidate;

import dev.logdex.analyzer.candidate.Wants.Element;
import dev.logdex.analyzer.catalog.Column;
import dev.logdex.analyzer.catalog.OperatorClass.Use;
import dev.logdex.analyzer.catalog.Service;
import dev.logdex.analyzer.catalog.Table;
import dev.logdex.analyzer.event.IndexDefinition;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Fires when a range of a column is read by which the rows of a large table lie in order, as in a
 * log that is only added to. Where updates and deletes have left gaps that rows of another time
 * fill, several ranges a block are kept (minmax_multi, from Postgres 14). Bloom classes are left
 * out: the planner prices them by the correlation as well, and with one minmax does as much.
 */
final class BrinRule implements CandidateRule {
  private static final long FEWEST_BYTES = 32L << 20;
  private static final double LEAST_CORRELATION = 0.95;

  /** Rows moved or deleted for each one inserted: none to speak of, and too many. */
  private static final double APPEND_ONLY = 0.05;

  private static final double MOST_MOVED = 0.5;

  private static final String MULTI = "_minmax_multi_ops";

  @Override
  public Stream<Proposal> propose(Wants wants) {
    return wants.table().sizeBytes() < FEWEST_BYTES
        ? Stream.empty()
        : wants.ranges().stream().flatMap(range -> proposal(wants.table(), range).stream());
  }

  private static Optional<Proposal> proposal(Table table, Element range) {
    Optional<Column> column =
        table
            .quotedColumn(range.expression())
            .filter(each -> Math.abs(each.statistics().correlation()) >= LEAST_CORRELATION);
    Double counted = table.upkeep().movedShare();
    double moved = counted == null ? 0 : counted;
    return column.isEmpty() || moved > MOST_MOVED
        ? Optional.empty()
        : service(range, moved > APPEND_ONLY)
            .map(service -> proposal(table, column.get(), range, service));
  }

  private static Optional<Service> service(Element range, boolean gaps) {
    List<Service> services =
        range.services("brin").filter(service -> service.use() == Use.RANGE).toList();
    Optional<Service> multi =
        services.stream()
            .filter(each -> each.operatorClass() != null && each.operatorClass().endsWith(MULTI))
            .findFirst();
    return (gaps ? multi : Optional.<Service>empty())
        .or(() -> services.stream().filter(each -> each.operatorClass() == null).findFirst());
  }

  private static Proposal proposal(Table table, Column column, Element range, Service service) {
    long small = BrinSize.bytes(table.sizeBytes(), List.of(column));
    long large = IndexSize.of(table.rows(), List.of(column), false).bytes();
    return new Proposal(
        new IndexDefinition("brin", List.of(range.indexElement(service)), List.of(), null),
        String.format(
            "A range of %s is read, by which the rows lie in order: BRIN takes %d kB, a b-tree up"
                + " to %d kB.",
            range.expression(), small / 1024, large / 1024));
  }
}
