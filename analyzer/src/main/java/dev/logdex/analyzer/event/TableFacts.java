package dev.logdex.analyzer.event;

/**
 * What the catalog says of a table.
 *
 * @param rows estimated (pg_class.reltuples; counted from pages when never analysed)
 * @param sizeBytes of the heap
 * @param rowBytes 23 + 4 + the average width of all columns
 */
public record TableFacts(long rows, long sizeBytes, double rowBytes) {}
