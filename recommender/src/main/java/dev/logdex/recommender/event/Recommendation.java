package dev.logdex.recommender.event;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What is advised, with its evidence. Holds no literal of a statement.
 *
 * @param id stable for the same advice: made of database, table, kind and definition
 * @param change one sentence: what this event tells that the one before it did not
 * @param table {@code schema.name}
 * @param index the index without its name: {@code USING btree (a, b)}
 * @param indexName explicit, free among the table's indexes, at most 63 bytes, unquoted
 * @param ddl one statement that carries the advice out, without a closing semicolon
 * @param inverseDdl one statement that takes it back
 * @param sizeBytes that the index is expected to take
 * @param writeOverhead bytes written to the index per byte written to the table
 * @param savingPerMinute planner units: over all queries that gain, cost improvement × calls per
 *     minute, under this index alone
 * @param reason why this index and not another, in a few sentences
 * @param tableFacts what was known of the table
 * @param queriesInAll how many queries gain; {@code queries} may list fewer
 * @param queries that gain, largest saving per minute first, cut to a configured number
 * @param scansInAll how many cells the index's matrix row has; {@code scans} may list fewer
 * @param scans the matrix row that chose the index, the scans it was chosen for first
 * @param title of a ticket
 * @param body of a ticket, Markdown
 */
public record Recommendation(
    String id,
    RecommendationState state,
    RecommendationKind kind,
    String change,
    String database,
    String table,
    String index,
    String indexName,
    String ddl,
    String inverseDdl,
    long sizeBytes,
    double writeOverhead,
    double savingPerMinute,
    String reason,
    TableEvidence tableFacts,
    int queriesInAll,
    List<StatementGain> queries,
    int scansInAll,
    List<ScanGain> scans,
    String title,
    String body) {
  public Recommendation {
    requireNonNull(id, "id");
    requireNonNull(state, "state");
    requireNonNull(kind, "kind");
    requireNonNull(change, "change");
    requireNonNull(database, "database");
    requireNonNull(table, "table");
    requireNonNull(index, "index");
    requireNonNull(indexName, "indexName");
    requireNonNull(ddl, "ddl");
    requireNonNull(inverseDdl, "inverseDdl");
    requireNonNull(reason, "reason");
    requireNonNull(tableFacts, "tableFacts");
    queries = List.copyOf(queries);
    scans = List.copyOf(scans);
    requireNonNull(title, "title");
    requireNonNull(body, "body");
  }

  /** The same advice and evidence in another state. */
  public Recommendation in(RecommendationState newState, String newChange) {
    return new Recommendation(
        id,
        newState,
        kind,
        newChange,
        database,
        table,
        index,
        indexName,
        ddl,
        inverseDdl,
        sizeBytes,
        writeOverhead,
        savingPerMinute,
        reason,
        tableFacts,
        queriesInAll,
        queries,
        scansInAll,
        scans,
        title,
        body);
  }
}
