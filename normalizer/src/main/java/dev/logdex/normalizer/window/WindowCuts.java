package dev.logdex.normalizer.window;

/**
 * What the bounds of windows have cut so far; figures only grow. Nothing of it is missing from the
 * counts and times of windows.
 *
 * @param samplesTooLong calls that gave no sample because the statement was too long for one, or
 *     because the server had cut a parameter
 * @param textsCut windows whose normalized text was cut
 * @param plansTooLong plans that were too long to be kept
 * @param tagsDropped tags of calls that found no room, told when the window leaves
 * @param usersFolded calls whose user found no room, told when the window leaves
 * @param queryIdsDropped calls whose identity on the server found no room, told when the window
 *     leaves
 * @param foldedIntoOther executions, events and plans of statements beyond the cap of fingerprints
 * @param late executions and events that came when their window had been handed on
 */
public record WindowCuts(
    long samplesTooLong,
    long textsCut,
    long plansTooLong,
    long tagsDropped,
    long usersFolded,
    long queryIdsDropped,
    long foldedIntoOther,
    long late) {}
