/** How fast the analyzer is; see docs/benchmarks.md. Run by hand, and on little data by tests. */
@NullMarked
package dev.logdex.analyzer.benchmark;

import org.jspecify.annotations.NullMarked;
