/** What Logdex understands of a log, told to a person; no Kafka and no database needed. */
@NullMarked
package dev.logdex.normalizer.inspect;

import org.jspecify.annotations.NullMarked;
