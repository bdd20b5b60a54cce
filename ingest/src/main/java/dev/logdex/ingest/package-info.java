/** Ways in for logs that do not arrive on Kafka by themselves: files and standard input. */
@NullMarked
package dev.logdex.ingest;

import org.jspecify.annotations.NullMarked;
