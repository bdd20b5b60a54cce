/** Text as the log holds it: bytes that are decoded only where somebody reads them. */
@NullMarked
package dev.logdex.normalizer.text;

import org.jspecify.annotations.NullMarked;
