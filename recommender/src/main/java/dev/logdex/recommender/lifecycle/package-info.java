/** What changed since a recommendation was last told of, and what stands now. */
@NullMarked
package dev.logdex.recommender.lifecycle;

import org.jspecify.annotations.NullMarked;
