/** From log entries to executions: which entry carries a statement, and what counts as a call. */
@NullMarked
package dev.logdex.normalizer.statement;

import org.jspecify.annotations.NullMarked;
