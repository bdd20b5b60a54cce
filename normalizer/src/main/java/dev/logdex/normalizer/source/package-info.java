/** Reading the sources of one task: how far each has been read, and which have gone quiet. */
@NullMarked
package dev.logdex.normalizer.source;

import org.jspecify.annotations.NullMarked;
