/** Which of the candidates of a table to choose: pure functions of its scan × index matrix. */
@NullMarked
package dev.logdex.recommender.selection;

import org.jspecify.annotations.NullMarked;
