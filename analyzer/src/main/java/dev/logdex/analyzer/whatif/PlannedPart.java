package dev.logdex.analyzer.whatif;

import dev.logdex.analyzer.catalog.RelationName;
import dev.logdex.analyzer.scan.TableScan;
import java.util.List;

/**
 * One query with what is known of its plans.
 *
 * @param samples forms of it, at least one; their weights add up to 1
 * @param scans how it reads tables, the same for all samples
 */
public record PlannedPart(List<PlannedSample> samples, List<TableScan> scans, List<Write> writes) {
  public PlannedPart {
    samples = List.copyOf(samples);
    scans = List.copyOf(scans);
    writes = List.copyOf(writes);
  }

  boolean reads(RelationName table) {
    return scans.stream().anyMatch(scan -> scan.table().equals(table));
  }

  /** What the whole query costs today, weighted over its samples. */
  double cost() {
    return samples.stream().mapToDouble(sample -> sample.weight() * sample.today().total()).sum();
  }
}
