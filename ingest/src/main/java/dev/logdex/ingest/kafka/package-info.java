/** The producer side: blocks of lines become records of the logs topic. */
@NullMarked
package dev.logdex.ingest.kafka;

import org.jspecify.annotations.NullMarked;
