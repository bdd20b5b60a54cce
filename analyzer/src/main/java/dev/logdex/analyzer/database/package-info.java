/** Which analysis database a statement of the log is planned on. */
@NullMarked
package dev.logdex.analyzer.database;

import org.jspecify.annotations.NullMarked;
