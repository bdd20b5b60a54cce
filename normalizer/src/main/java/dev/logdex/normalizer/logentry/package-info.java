/** From log lines to log entries: joining what belongs together, per source and backend. */
@NullMarked
package dev.logdex.normalizer.logentry;

import org.jspecify.annotations.NullMarked;
