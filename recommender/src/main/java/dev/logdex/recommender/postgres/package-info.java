/** Production servers, read through JDBC; nothing here writes. */
@NullMarked
package dev.logdex.recommender.postgres;

import org.jspecify.annotations.NullMarked;
