/** The recommender stage: from table analyses to recommendations and their lifecycle. */
@NullMarked
package dev.logdex.recommender;

import org.jspecify.annotations.NullMarked;
