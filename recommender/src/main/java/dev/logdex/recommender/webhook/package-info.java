/** Hands recommendation events to others over HTTP: plain receivers, chat, ticket systems. */
@NullMarked
package dev.logdex.recommender.webhook;

import org.jspecify.annotations.NullMarked;
