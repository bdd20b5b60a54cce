/** How fast the parts of the normalizer are; see docs/benchmarks.md. Run by hand, not by tests. */
@NullMarked
package dev.logdex.normalizer.benchmark;

import org.jspecify.annotations.NullMarked;
