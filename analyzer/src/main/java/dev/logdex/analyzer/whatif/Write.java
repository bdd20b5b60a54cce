package dev.logdex.analyzer.whatif;

import dev.logdex.analyzer.catalog.RelationName;

/**
 * What a statement does to a table.
 *
 * @param operation as EXPLAIN says it: {@code Insert}, {@code Update}, {@code Delete} or {@code
 *     Merge}
 */
public record Write(RelationName table, String operation) {}
