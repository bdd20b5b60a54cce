/** Reading a log as blocks of whole lines, each with its place. */
@NullMarked
package dev.logdex.ingest.logfile;

import org.jspecify.annotations.NullMarked;
