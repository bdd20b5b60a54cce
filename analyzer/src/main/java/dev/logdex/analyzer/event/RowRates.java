package dev.logdex.analyzer.event;

/**
 * Rows of a table that are written a minute: counted where auto_explain logged plans of the
 * statement, else the planner's estimate. Those of COPY are not known and not in it.
 *
 * @param insertedPerMinute by INSERT; of ON CONFLICT all that were offered
 * @param updatedPerMinute by UPDATE
 * @param deletedPerMinute by DELETE
 * @param mergedPerMinute rows that MERGE compared, each of which it may insert, update, delete or
 *     leave
 */
public record RowRates(
    double insertedPerMinute,
    double updatedPerMinute,
    double deletedPerMinute,
    double mergedPerMinute) {
  public static final RowRates NONE = new RowRates(0, 0, 0, 0);
}
