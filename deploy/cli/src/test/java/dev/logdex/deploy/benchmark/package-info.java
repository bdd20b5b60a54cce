/**
 * How good the chosen indexes are when they are really built, and how fast many tables are chosen
 * for; see docs/benchmarks.md. Run by hand, and on little data by tests.
 */
@NullMarked
package dev.logdex.deploy.benchmark;

import org.jspecify.annotations.NullMarked;
