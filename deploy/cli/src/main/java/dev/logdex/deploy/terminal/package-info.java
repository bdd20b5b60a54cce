/** What a person sees: colours, progress, tables and amounts. */
@NullMarked
package dev.logdex.deploy.terminal;

import org.jspecify.annotations.NullMarked;
