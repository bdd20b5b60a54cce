/** From the text of a statement to its identity: what differs only in values is one statement. */
@NullMarked
package dev.logdex.normalizer.fingerprint;

import org.jspecify.annotations.NullMarked;
