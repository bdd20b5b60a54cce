/** Windows in, analyses out. */
@NullMarked
package dev.logdex.analyzer.kafka;

import org.jspecify.annotations.NullMarked;
