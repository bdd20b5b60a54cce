/** Log entries that a server or a platform writes field by field: csvlog, jsonlog and their kin. */
@NullMarked
package dev.logdex.normalizer.structured;

import org.jspecify.annotations.NullMarked;
