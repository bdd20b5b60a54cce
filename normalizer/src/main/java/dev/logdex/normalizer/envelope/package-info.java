/** From what a shipper put around a log line to the line itself and where it came from. */
@NullMarked
package dev.logdex.normalizer.envelope;

import org.jspecify.annotations.NullMarked;
