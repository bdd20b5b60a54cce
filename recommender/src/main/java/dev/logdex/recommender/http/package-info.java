/** The page's edge: HTTP, logging in, and the same data as JSON. */
@NullMarked
package dev.logdex.recommender.http;

import org.jspecify.annotations.NullMarked;
