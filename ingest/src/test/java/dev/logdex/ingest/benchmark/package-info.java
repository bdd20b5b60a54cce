/** How fast ingest is; see docs/benchmarks.md. Run by hand. */
@NullMarked
package dev.logdex.ingest.benchmark;

import org.jspecify.annotations.NullMarked;
