/** Recommendations and their absence in words for people: tickets and terminals. */
@NullMarked
package dev.logdex.recommender.advice;

import org.jspecify.annotations.NullMarked;
