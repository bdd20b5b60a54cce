/** What was understood of some logs, for programs and for people. */
@NullMarked
package dev.logdex.deploy.inspect;

import org.jspecify.annotations.NullMarked;
