/** Query windows folded into what the databases were asked, and how often. */
@NullMarked
package dev.logdex.analyzer.workload;

import org.jspecify.annotations.NullMarked;
