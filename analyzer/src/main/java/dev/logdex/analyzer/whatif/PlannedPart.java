package dev.logdex.analyzer.whatif;

import static java.util.Objects.requireNonNull;

import dev.logdex.analyzer.catalog.RelationName;
import dev.logdex.analyzer.scan.TableScan;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One query with what is known of its plans.
 *
 * @param samples forms of it; their weights add up to 1; none of what only writes and could not be
 *     planned
 * @param generic its generic plan, where it was logged with parameters: a second opinion
 * @param queryId the server's own identity of it; null when it computes none
 * @param scans how it reads tables, the same for all samples
 */
public record PlannedPart(
    List<PlannedSample> samples,
    @Nullable PlannedSample generic,
    @Nullable Long queryId,
    List<TableScan> scans,
    List<Write> writes) {
  public PlannedPart {
    samples = List.copyOf(samples);
    scans = List.copyOf(scans);
    writes = List.copyOf(writes);
  }

  boolean reads(RelationName table) {
    return scans.stream().anyMatch(scan -> scan.table().equals(table));
  }

  /** The same with its generic plan as the only sample; it must have one. */
  PlannedPart asGeneric() {
    return new PlannedPart(
        List.of(requireNonNull(generic, "generic")), null, queryId, scans, writes);
  }

  /** Its most frequent sample, to be planned as if hardly a page were cached. */
  PlannedPart uncached() {
    List<PlannedSample> first =
        samples.stream()
            .limit(1)
            .map(
                each -> new PlannedSample(each.statement().uncached(), each.weight(), each.today()))
            .toList();
    return new PlannedPart(first, null, queryId, scans, writes);
  }

  /** What the whole query costs today, weighted over its samples. */
  double cost() {
    return samples.stream().mapToDouble(sample -> sample.weight() * sample.today().total()).sum();
  }

  /** The plan of its most frequent sample today. */
  Optional<Outline> outline() {
    return samples.stream().findFirst().flatMap(sample -> sample.today().shape());
  }

  /** What the generic plan costs today, where there is one. */
  double genericCost() {
    return generic == null ? cost() : generic.today().total();
  }
}
