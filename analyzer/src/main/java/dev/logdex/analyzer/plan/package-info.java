/** Plans as EXPLAIN (VERBOSE, FORMAT JSON) prints them. */
@NullMarked
package dev.logdex.analyzer.plan;

import org.jspecify.annotations.NullMarked;
