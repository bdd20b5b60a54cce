/** Syslog over the network: from sockets to the messages of each source, byte for byte. */
@NullMarked
package dev.logdex.ingest.syslog;

import org.jspecify.annotations.NullMarked;
