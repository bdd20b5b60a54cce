/** The stage's edge to Kafka: analyses in, events out, and the figures of both. */
@NullMarked
package dev.logdex.recommender.kafka;

import org.jspecify.annotations.NullMarked;
