package dev.logdex.recommender.event;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What is advised, with its evidence. Holds no literal.
 *
 * @param id stable for the same advice: made of database, table and definition
 * @param table {@code schema.name}
 * @param index the index without its name: {@code USING btree (a, b)}
 * @param indexName explicit, free in the catalog, at most 63 bytes
 * @param ddl one statement that carries the advice out, without a closing semicolon
 * @param inverseDdl one statement that takes it back
 * @param sizeBytes that the index is expected to take
 * @param writeOverhead bytes written to the index per byte written to the table
 * @param reason one or two sentences: why this index and not another
 * @param queries that gain, largest saving per minute first
 * @param scans the matrix row that chose the index
 * @param title of a ticket
 * @param body of a ticket, Markdown
 */
public record Recommendation(
    String id,
    RecommendationState state,
    RecommendationKind kind,
    String database,
    String table,
    String index,
    String indexName,
    String ddl,
    String inverseDdl,
    long sizeBytes,
    double writeOverhead,
    String reason,
    List<StatementGain> queries,
    List<ScanGain> scans,
    String title,
    String body) {
  public Recommendation {
    requireNonNull(id, "id");
    requireNonNull(state, "state");
    requireNonNull(kind, "kind");
    requireNonNull(database, "database");
    requireNonNull(table, "table");
    requireNonNull(ddl, "ddl");
    queries = List.copyOf(queries);
    scans = List.copyOf(scans);
  }
}
