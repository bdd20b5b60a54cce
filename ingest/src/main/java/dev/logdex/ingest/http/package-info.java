/** The edge to senders over HTTP and HTTPS: sockets, limits, credentials and answers. */
@NullMarked
package dev.logdex.ingest.http;

import org.jspecify.annotations.NullMarked;
