/** What-if: what scans and statements cost today, and would cost with one more index. */
@NullMarked
package dev.logdex.analyzer.whatif;

import org.jspecify.annotations.NullMarked;
