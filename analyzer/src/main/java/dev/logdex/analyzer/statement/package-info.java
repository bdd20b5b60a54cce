/** What the text of a statement tells, and how it is rewritten where it cannot be planned as is. */
@NullMarked
package dev.logdex.analyzer.statement;

import org.jspecify.annotations.NullMarked;
