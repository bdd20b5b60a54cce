/**
 * What the analyzer writes: everything that is known about a table's scans and what indexes would
 * do for them.
 */
@NullMarked
package dev.logdex.analyzer.event;

import org.jspecify.annotations.NullMarked;
