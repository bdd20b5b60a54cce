package dev.logdex.recommender.event;

/**
 * What was known of a table when the advice was made.
 *
 * @param rows estimated
 * @param sizeBytes of the table without its indexes
 * @param insertsPerMinute statements that the log shows; so are updates and deletes
 */
public record TableEvidence(
    long rows,
    long sizeBytes,
    double insertsPerMinute,
    double updatesPerMinute,
    double deletesPerMinute) {}
