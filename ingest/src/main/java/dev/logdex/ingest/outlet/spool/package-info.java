/** What is kept on disk while Kafka is away, so that it need not be held back or dropped. */
@NullMarked
package dev.logdex.ingest.outlet.spool;

import org.jspecify.annotations.NullMarked;
