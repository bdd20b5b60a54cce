package dev.logdex.analyzer.event;

import static java.util.Objects.requireNonNull;

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
 * @param scansPerMinute calls per minute times the times that one call performs the scan, over all
 *     statements
 * @param rows that one scan gives, estimated
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
    double scansPerMinute,
    double rows,
    double baselineCost,
    @Nullable String indexUsed,
    List<String> statements) {
  public Scan {
    requireNonNull(id, "id");
    whereClauses = List.copyOf(whereClauses);
    joinClauses = List.copyOf(joinClauses);
    orderBy = List.copyOf(orderBy);
    statements = List.copyOf(statements);
  }
}
