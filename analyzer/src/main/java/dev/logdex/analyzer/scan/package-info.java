/** Scans: how a plan says that a statement reads its tables. */
@NullMarked
package dev.logdex.analyzer.scan;

import org.jspecify.annotations.NullMarked;
