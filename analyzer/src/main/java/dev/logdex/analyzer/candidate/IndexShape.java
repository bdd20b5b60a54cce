package dev.logdex.analyzer.candidate;

/**
 * What the planner would read of a b-tree if it were there.
 *
 * @param height levels above the leaves
 * @param pages of the whole file, the meta page included
 * @param entries rows of the table that are in it
 */
public record IndexShape(int height, double pages, double entries) {}
