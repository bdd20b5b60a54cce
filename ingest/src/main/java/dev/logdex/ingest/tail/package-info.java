/** Following files that grow, are rotated, truncated, packed and deleted, over restarts. */
@NullMarked
package dev.logdex.ingest.tail;

import org.jspecify.annotations.NullMarked;
