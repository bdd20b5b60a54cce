/** The recommender's page: what it knows as HTML, made without a clock, a file or a network. */
@NullMarked
package dev.logdex.recommender.page;

import org.jspecify.annotations.NullMarked;
