/** Where every way in puts its lines, without any knowledge of Kafka. */
@NullMarked
package dev.logdex.ingest.outlet;

import org.jspecify.annotations.NullMarked;
