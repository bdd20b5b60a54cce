/** What the analysis database's catalog says of its tables, types and operators. */
@NullMarked
package dev.logdex.analyzer.catalog;

import org.jspecify.annotations.NullMarked;
