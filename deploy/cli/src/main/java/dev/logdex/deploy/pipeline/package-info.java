/**
 * How far the stages have come, seen from outside: what is on the topics and what was committed.
 */
@NullMarked
package dev.logdex.deploy.pipeline;

import org.jspecify.annotations.NullMarked;
