package dev.logdex.analyzer.event;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A fact about a table that calls for other advice than a new index. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Observation.CounterproductiveIndex.class, name = "counterproductive"),
  @JsonSubTypes.Type(value = Observation.Misestimate.class, name = "misestimate"),
  @JsonSubTypes.Type(value = Observation.LowVisibility.class, name = "low-visibility"),
  @JsonSubTypes.Type(value = Observation.OldStatistics.class, name = "old-statistics")
})
public sealed interface Observation {
  /** The statements that suffer from it, sorted; may be empty. */
  List<String> fingerprints();

  /**
   * Really run, an index that supplies an order under a LIMIT read far more rows than were wanted.
   *
   * @param index its name
   * @param rowsRemoved by a filter, of one scan
   * @param rowsKept of one scan
   */
  record CounterproductiveIndex(
      List<String> fingerprints, String index, double rowsRemoved, double rowsKept)
      implements Observation {
    public CounterproductiveIndex {
      fingerprints = List.copyOf(fingerprints);
      requireNonNull(index, "index");
    }
  }

  /**
   * The planner expected a number of rows far from the one that really came.
   *
   * @param columns those in the conditions, sorted: of several, extended statistics may help
   * @param estimatedRows of one scan
   * @param actualRows of one scan
   */
  record Misestimate(
      List<String> fingerprints, List<String> columns, double estimatedRows, double actualRows)
      implements Observation {
    public Misestimate {
      fingerprints = List.copyOf(fingerprints);
      columns = List.copyOf(columns);
    }
  }

  /**
   * Index-only scans have to visit the table, since too few of its pages are known to be all
   * visible: VACUUM comes before any INCLUDE.
   *
   * @param allVisibleFraction share of the pages, 0 to 1
   */
  record LowVisibility(List<String> fingerprints, double allVisibleFraction)
      implements Observation {
    public LowVisibility {
      fingerprints = List.copyOf(fingerprints);
    }
  }

  /**
   * Estimates rest on statistics that are old or were never gathered.
   *
   * @param analysedAt null when never, as far as is known
   */
  record OldStatistics(List<String> fingerprints, @Nullable Instant analysedAt)
      implements Observation {
    public OldStatistics {
      fingerprints = List.copyOf(fingerprints);
    }
  }
}
