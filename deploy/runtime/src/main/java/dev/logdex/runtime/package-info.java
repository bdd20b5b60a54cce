/** What every stage needs to run and none of them is about: topics, settings, JSON, metrics. */
@NullMarked
package dev.logdex.runtime;

import org.jspecify.annotations.NullMarked;
