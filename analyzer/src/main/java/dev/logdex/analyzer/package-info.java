/**
 * The analyzer: from query windows to everything that is known about the tables they read, with the
 * help of a Postgres that holds a copy of the data.
 */
@NullMarked
package dev.logdex.analyzer;

import org.jspecify.annotations.NullMarked;
