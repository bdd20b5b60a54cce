package dev.logdex.recommender.selection;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toSet;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The scans of a table, the indexes on offer, and what each index would do for each scan. A pair
 * without a cell is one that the index does nothing worthwhile for.
 *
 * @param rows scans, each once
 * @param offers indexes, each once
 * @param cells at most one of a scan and an index
 * @param hotUpdates that an index on offer could end
 */
public record Matrix(
    List<Row> rows, List<Offer> offers, List<Cell> cells, List<HotUpdate> hotUpdates) {
  public Matrix {
    rows = List.copyOf(rows);
    offers = List.copyOf(offers);
    cells = List.copyOf(cells);
    hotUpdates = List.copyOf(hotUpdates);
    Set<String> scans = rows.stream().map(Row::scan).collect(toSet());
    if (scans.size() != rows.size() || !cells.stream().map(Cell::scan).allMatch(scans::contains)) {
      throw new IllegalArgumentException("scans stand once, and cells only beside them");
    }
    Set<String> indexes = new HashSet<>();
    offers.forEach(offer -> indexes.add(offer.index()));
    if (!cells.stream().map(Cell::index).allMatch(indexes::contains)) {
      throw new IllegalArgumentException("cells stand only below indexes that are on offer");
    }
  }

  /**
   * A matrix in which every scan counts once and nothing is said of updates.
   *
   * @param servedToday as {@link Row#servedToday}
   */
  public static Matrix unweighted(
      List<String> scans, List<Offer> offers, List<Cell> cells, Set<String> servedToday) {
    return new Matrix(
        scans.stream().map(scan -> new Row(scan, 1, 0, servedToday.contains(scan))).toList(),
        offers,
        cells,
        List.of());
  }

  /** The ids of the scans, in order. */
  public List<String> scans() {
    return rows.stream().map(Row::scan).toList();
  }

  /** The scans that an existing index serves. */
  public Set<String> servedToday() {
    return rows.stream().filter(Row::servedToday).map(Row::scan).collect(toSet());
  }

  /**
   * A scan.
   *
   * @param perMinute times a minute that the cost is paid
   * @param baselineCost of one today, planner units
   * @param servedToday whether today's plan reads an existing index for it. The mark takes no scan
   *     out: where a cell stands beside it, the what-if found better than the existing index
   */
  public record Row(String scan, double perMinute, double baselineCost, boolean servedToday) {
    public Row {
      requireNonNull(scan, "scan");
    }
  }

  /**
   * An index that may be chosen.
   *
   * @param writeOverhead bytes into the index per byte into the table
   * @param sizeBytes expected
   * @param writtenPerMinute bytes a minute that writes put into the index, at today's rates
   * @param endsHot ids of the updates that are heap-only no longer when it is there
   * @param excludes indexes on offer that are needless beside it, or it beside them
   * @param riskPerMinute planner units a minute that it may make statements dearer by
   */
  public record Offer(
      String index,
      double writeOverhead,
      long sizeBytes,
      double writtenPerMinute,
      Set<String> endsHot,
      Set<String> excludes,
      double riskPerMinute) {
    public Offer {
      requireNonNull(index, "index");
      endsHot = Set.copyOf(endsHot);
      excludes = Set.copyOf(excludes);
    }

    public Offer(String index, double writeOverhead) {
      this(index, writeOverhead, 0, 0, Set.of(), Set.of(), 0);
    }
  }

  /**
   * What one index alone does for one scan.
   *
   * @param improvement cost of the scan today minus its cost under the index, planner units; above
   *     zero
   */
  public record Cell(String scan, String index, double improvement) {
    public Cell {
      requireNonNull(scan, "scan");
      requireNonNull(index, "index");
      if (!(improvement > 0)) {
        throw new IllegalArgumentException(
            "a cell is an improvement: " + scan + ", " + index + ": " + improvement);
      }
    }
  }

  /**
   * Updates that change the same columns and touch no index today.
   *
   * @param id of this group of updates
   * @param perMinute rows a minute that stay heap-only today
   * @param bytesEach more that such an update writes when it is heap-only no longer
   */
  public record HotUpdate(String id, double perMinute, double bytesEach) {
    public HotUpdate {
      requireNonNull(id, "id");
    }
  }
}
