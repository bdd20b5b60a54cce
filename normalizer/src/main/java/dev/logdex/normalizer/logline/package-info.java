/** The grammar of one log line: {@code log_line_prefix}, level word, time. */
@NullMarked
package dev.logdex.normalizer.logline;

import org.jspecify.annotations.NullMarked;
