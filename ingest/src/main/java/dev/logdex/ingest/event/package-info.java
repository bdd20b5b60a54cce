/**
 * What travels on the logs topic beside the raw bytes: the contract between whoever ships lines and
 * the normalizer.
 */
@NullMarked
package dev.logdex.ingest.event;

import org.jspecify.annotations.NullMarked;
