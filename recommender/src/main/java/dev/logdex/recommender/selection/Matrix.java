package dev.logdex.recommender.selection;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Set;

/**
 * The scans of a table, the indexes on offer, and what each index would do for each scan. A pair
 * without a cell is one that the index does nothing worthwhile for.
 *
 * @param scans ids, each once
 * @param offers indexes, each once
 * @param cells at most one of a scan and an index
 * @param servedToday scans that today's plan reads an existing index for. The mark takes no scan
 *     out: where a cell stands beside it, the what-if found better than the existing index
 */
public record Matrix(
    List<String> scans, List<Offer> offers, List<Cell> cells, Set<String> servedToday) {
  public Matrix {
    scans = List.copyOf(scans);
    offers = List.copyOf(offers);
    cells = List.copyOf(cells);
    servedToday = Set.copyOf(servedToday);
    Set<String> known = Set.copyOf(scans);
    if (known.size() != scans.size() || !cells.stream().map(Cell::scan).allMatch(known::contains)) {
      throw new IllegalArgumentException("scans stand once, and cells only beside them");
    }
  }

  /**
   * An index that may be chosen.
   *
   * @param writeOverhead bytes into the index per byte into the table
   */
  public record Offer(String index, double writeOverhead) {
    public Offer {
      requireNonNull(index, "index");
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
}
