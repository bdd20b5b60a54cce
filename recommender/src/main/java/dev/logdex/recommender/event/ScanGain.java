package dev.logdex.recommender.event;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * One cell of the matrix row that chose the index.
 *
 * @param scan id in the table analysis
 * @param clauses what the scan filters, joins and sorts by, without literals
 * @param costBefore of the scan today, in planner units
 * @param costAfter the same under this index alone
 * @param chosenFor whether the index was chosen for this scan; false where another chosen index
 *     serves it
 */
public record ScanGain(
    String scan,
    List<String> clauses,
    double scansPerMinute,
    double costBefore,
    double costAfter,
    boolean chosenFor) {
  public ScanGain {
    requireNonNull(scan, "scan");
    clauses = List.copyOf(clauses);
  }
}
