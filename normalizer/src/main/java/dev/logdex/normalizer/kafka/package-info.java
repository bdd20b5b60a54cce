/** Processors, stores and serdes of the normalizer's topology. */
@NullMarked
package dev.logdex.normalizer.kafka;

import org.jspecify.annotations.NullMarked;
