/** What an examination of the parts that Logdex works on finds. */
@NullMarked
package dev.logdex.analyzer.doctor;

import org.jspecify.annotations.NullMarked;
