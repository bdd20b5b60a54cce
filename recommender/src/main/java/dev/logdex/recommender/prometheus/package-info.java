/** Production's counters as a Prometheus has them. */
@NullMarked
package dev.logdex.recommender.prometheus;

import org.jspecify.annotations.NullMarked;
