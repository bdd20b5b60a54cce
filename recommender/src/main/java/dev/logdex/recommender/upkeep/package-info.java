/** Advice other than a new index: what to drop, rebuild, vacuum and analyze. */
@NullMarked
package dev.logdex.recommender.upkeep;

import org.jspecify.annotations.NullMarked;
