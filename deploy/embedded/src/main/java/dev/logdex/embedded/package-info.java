/**
 * Real parts to run beside Logdex where the user has none: a Kafka broker in this process and a
 * local Postgres with HypoPG. The same parts serve the {@code logdex} command and the tests.
 */
@NullMarked
package dev.logdex.embedded;

import org.jspecify.annotations.NullMarked;
