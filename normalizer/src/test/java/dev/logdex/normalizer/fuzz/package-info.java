/** Reading damaged and hostile logs. */
@NullMarked
package dev.logdex.normalizer.fuzz;

import org.jspecify.annotations.NullMarked;
