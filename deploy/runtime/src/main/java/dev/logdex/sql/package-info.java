/**
 * SQL as Postgres's own scanner reads it: tokens, statements of a text, and texts that are safe to
 * plan. Shared by the stages; depends on nothing.
 */
@NullMarked
package dev.logdex.sql;

import org.jspecify.annotations.NullMarked;
