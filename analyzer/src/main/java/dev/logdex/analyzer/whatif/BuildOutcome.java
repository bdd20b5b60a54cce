package dev.logdex.analyzer.whatif;

import org.jspecify.annotations.Nullable;

/**
 * What has to be known of a build beside the costs that it gave.
 *
 * @param sizeBytes of the index; 0 when it could not be built
 * @param refusal why it could not be built, a sentence without its full stop; null when it was
 */
record BuildOutcome(long sizeBytes, @Nullable String refusal) {}
