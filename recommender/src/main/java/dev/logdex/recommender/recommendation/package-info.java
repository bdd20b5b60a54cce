/** From chosen indexes to recommendations: identity, names, DDL, evidence. */
@NullMarked
package dev.logdex.recommender.recommendation;

import org.jspecify.annotations.NullMarked;
