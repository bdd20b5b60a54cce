/**
 * What senders over HTTP wrap log lines in: Heroku's drain frames, lines, documents of JSON, and
 * the envelopes of the clouds' delivery services. Only the transport's own wrapping is undone; the
 * rest is the normalizer's.
 */
@NullMarked
package dev.logdex.ingest.drain;

import org.jspecify.annotations.NullMarked;
