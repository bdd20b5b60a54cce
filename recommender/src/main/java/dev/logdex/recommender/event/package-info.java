/** What the recommender writes: recommendations, one CloudEvent per state change. */
@NullMarked
package dev.logdex.recommender.event;

import org.jspecify.annotations.NullMarked;
