/** Candidates: indexes that rules propose for scans, not yet costed. */
@NullMarked
package dev.logdex.analyzer.candidate;

import org.jspecify.annotations.NullMarked;
