/**
 * The {@code logdex} command: it opens the parts that a command needs, wires the stages to them and
 * tells a person, or a program, what came out.
 */
@NullMarked
package dev.logdex.deploy;

import org.jspecify.annotations.NullMarked;
