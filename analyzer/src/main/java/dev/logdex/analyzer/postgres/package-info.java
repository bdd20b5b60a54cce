/** The analysis database through JDBC. The only place from which anything is sent to a server. */
@NullMarked
package dev.logdex.analyzer.postgres;

import org.jspecify.annotations.NullMarked;
