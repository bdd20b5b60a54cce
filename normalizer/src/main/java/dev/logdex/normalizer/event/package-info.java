/** What the normalizer writes: query windows and dead letters. */
@NullMarked
package dev.logdex.normalizer.event;

import org.jspecify.annotations.NullMarked;
