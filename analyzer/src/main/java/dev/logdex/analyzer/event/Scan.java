package dev.logdex.analyzer.event;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How statements read a table: equal scans of different statements are one scan.
 *
 * @param id stable for the same table and clauses
 * @param whereClauses conditions on this table alone, constants replaced by {@code $n}
 * @param joinClauses conditions that a parameterised index scan could use as the inner side of a
 *     nested loop
 * @param orderBy sort keys of this table that an index could supply, in order
 * @param limited whether a LIMIT stands above the scan
 * @param columns that the statements need of the table, as the catalog spells them, sorted; empty
 *     when that is not known, as in version 1
 * @param scansPerMinute calls per minute times the times that one call performs the scan, over all
 *     statements
 * @param loopsPerCall times that one call performs it: as it really ran where auto_explain tells,
 *     else estimated; a mean over the statements by their calls; 0 in version 1
 * @param rows that one scan gives, estimated
 * @param actualRows that one scan really gave, by auto_explain; null when it told of none
 * @param baselineCost of one call's scans of this table today, in planner units, weighted over its
 *     statements
 * @param indexUsed name of the existing index that today's plan reads; null when it reads none
 * @param statements that perform the scan
 */
public record Scan(
    String id,
    List<String> whereClauses,
    List<String> joinClauses,
    List<String> orderBy,
    boolean limited,
    List<String> columns,
    double scansPerMinute,
    @JsonSetter(nulls = Nulls.AS_EMPTY) double loopsPerCall,
    double rows,
    @Nullable Double actualRows,
    double baselineCost,
    @Nullable String indexUsed,
    List<String> statements) {
  @JsonCreator
  public Scan {
    requireNonNull(id, "id");
    whereClauses = List.copyOf(whereClauses);
    joinClauses = List.copyOf(joinClauses);
    orderBy = List.copyOf(orderBy);
    columns = List.copyOf(requireNonNullElse(columns, List.of())); // version 1 has none
    statements = List.copyOf(statements);
  }

  /** A scan of which no plan of a real run is known, performed once a call. */
  public Scan(
      String id,
      List<String> whereClauses,
      List<String> joinClauses,
      List<String> orderBy,
      boolean limited,
      double scansPerMinute,
      double rows,
      double baselineCost,
      @Nullable String indexUsed,
      List<String> statements) {
    this(
        id,
        whereClauses,
        joinClauses,
        orderBy,
        limited,
        List.of(),
        scansPerMinute,
        1,
        rows,
        null,
        baselineCost,
        indexUsed,
        statements);
  }
}
