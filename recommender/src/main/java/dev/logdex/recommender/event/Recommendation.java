package dev.logdex.recommender.event;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What is advised, with its evidence. Holds no literal of a statement.
 *
 * @param id stable for the same advice: made of database, table, kind and what it is about
 * @param change one sentence: what this event tells that the one before it did not
 * @param severity how much it matters
 * @param deduplicationKey by which a consumer knows the same advice again; the id
 * @param table {@code schema.name}
 * @param index the index without its name: {@code USING btree (a, b)}; empty when the advice is not
 *     about an index
 * @param indexName explicit, at most 63 bytes, unquoted; of an index to be made, free among the
 *     indexes of its schema that are known; empty when the advice is not about an index
 * @param ddl the first of the steps, without a closing semicolon
 * @param inverseDdl one statement that takes it back; empty when nothing does
 * @param steps all statements that carry the advice out, in order
 * @param sizeBytes that the index is expected to take, or that dropping it frees
 * @param writeOverhead bytes written to the index per byte written to the table
 * @param writes the same by the minute
 * @param build what carrying it out takes; null in events older than this figure
 * @param savingPerMinute planner units: over all queries that gain, cost improvement × calls per
 *     minute, under this index alone
 * @param reason why this index and not another, in a few sentences
 * @param limits the bounds that kept more from being advised for the table, in words
 * @param evidence figures that advice other than a new index rests on
 * @param tableFacts what was known of the table
 * @param queriesInAll how many queries gain; {@code queries} may list fewer
 * @param queries that gain, largest saving per minute first, cut to a configured number
 * @param scansInAll how many cells the index's matrix row has; {@code scans} may list fewer
 * @param scans the matrix row that chose the index, the scans it was chosen for first
 * @param decision what somebody decided; null when nobody did
 * @param supersededBy id of the recommendation that took its place; null when none did
 * @param title of a ticket
 * @param body of a ticket, Markdown
 */
public record Recommendation(
    String id,
    RecommendationState state,
    RecommendationKind kind,
    String change,
    Severity severity,
    String deduplicationKey,
    String database,
    String table,
    String index,
    String indexName,
    String ddl,
    String inverseDdl,
    List<Step> steps,
    long sizeBytes,
    double writeOverhead,
    WriteCosts writes,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable BuildEstimate build,
    double savingPerMinute,
    String reason,
    List<String> limits,
    List<Evidence> evidence,
    TableEvidence tableFacts,
    int queriesInAll,
    List<StatementGain> queries,
    int scansInAll,
    List<ScanGain> scans,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Decision decision,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String supersededBy,
    String title,
    String body) {
  private static final String CONCURRENT_BUILD =
      "SHARE UPDATE EXCLUSIVE: reads and writes go on, other DDL and VACUUM of the table wait";

  @JsonCreator
  public Recommendation {
    requireNonNull(id, "id");
    requireNonNull(state, "state");
    requireNonNull(kind, "kind");
    requireNonNull(change, "change");
    severity = requireNonNullElse(severity, Severity.MEDIUM); // events of the first form have none
    deduplicationKey = requireNonNullElse(deduplicationKey, id);
    requireNonNull(database, "database");
    requireNonNull(table, "table");
    requireNonNull(index, "index");
    requireNonNull(indexName, "indexName");
    requireNonNull(ddl, "ddl");
    requireNonNull(inverseDdl, "inverseDdl");
    steps = steps == null ? List.of(new Step(ddl, false, CONCURRENT_BUILD)) : List.copyOf(steps);
    writes = requireNonNullElse(writes, WriteCosts.NONE);
    requireNonNull(reason, "reason");
    limits = List.copyOf(requireNonNullElse(limits, List.of()));
    evidence = List.copyOf(requireNonNullElse(evidence, List.of()));
    requireNonNull(tableFacts, "tableFacts");
    queries = List.copyOf(queries);
    scans = List.copyOf(scans);
    requireNonNull(title, "title");
    requireNonNull(body, "body");
  }

  /** The same advice and evidence in another state. */
  public Recommendation in(RecommendationState newState, String newChange) {
    return copy(newState, newChange, decision, supersededBy, title, body);
  }

  /** The same with what somebody decided about it; null for nothing. */
  public Recommendation decided(@Nullable Decision newDecision) {
    return copy(state, change, newDecision, supersededBy, title, body);
  }

  /** The same, its place taken by another one; null when none took it. */
  public Recommendation superseded(@Nullable String byId) {
    return copy(state, change, decision, byId, title, body);
  }

  /** The same with the text of a ticket. */
  public Recommendation told(String newTitle, String newBody) {
    return copy(state, change, decision, supersededBy, newTitle, newBody);
  }

  /**
   * The same with its index called otherwise.
   *
   * @param inSql puts the new name in place of the old one in a statement
   */
  public Recommendation renamed(String name, UnaryOperator<String> inSql) {
    List<Step> renamed =
        steps.stream()
            .map(step -> new Step(inSql.apply(step.sql()), step.transactional(), step.lock()))
            .toList();
    return new Recommendation(
        id,
        state,
        kind,
        change,
        severity,
        deduplicationKey,
        database,
        table,
        index,
        name,
        inSql.apply(ddl),
        inSql.apply(inverseDdl),
        renamed,
        sizeBytes,
        writeOverhead,
        writes,
        build,
        savingPerMinute,
        reason,
        limits,
        evidence,
        tableFacts,
        queriesInAll,
        queries,
        scansInAll,
        scans,
        decision,
        supersededBy,
        title,
        body);
  }

  private Recommendation copy(
      RecommendationState newState,
      String newChange,
      @Nullable Decision newDecision,
      @Nullable String newSupersededBy,
      String newTitle,
      String newBody) {
    return new Recommendation(
        id,
        newState,
        kind,
        newChange,
        severity,
        deduplicationKey,
        database,
        table,
        index,
        indexName,
        ddl,
        inverseDdl,
        steps,
        sizeBytes,
        writeOverhead,
        writes,
        build,
        savingPerMinute,
        reason,
        limits,
        evidence,
        tableFacts,
        queriesInAll,
        queries,
        scansInAll,
        scans,
        newDecision,
        newSupersededBy,
        newTitle,
        newBody);
  }
}
