/** Rounds: when a workload is analysed, and what of the outcome is news. */
@NullMarked
package dev.logdex.analyzer.round;

import org.jspecify.annotations.NullMarked;
