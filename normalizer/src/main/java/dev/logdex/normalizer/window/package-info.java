/** Aggregates of executions per database, fingerprint and window of event time. */
@NullMarked
package dev.logdex.normalizer.window;

import org.jspecify.annotations.NullMarked;
