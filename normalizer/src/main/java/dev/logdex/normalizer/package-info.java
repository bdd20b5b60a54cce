/** From raw log lines to query windows: the normalizer stage. */
@NullMarked
package dev.logdex.normalizer;

import org.jspecify.annotations.NullMarked;
