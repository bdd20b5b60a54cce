/** Why a statement got no recommendation. */
@NullMarked
package dev.logdex.recommender.whynot;

import org.jspecify.annotations.NullMarked;
