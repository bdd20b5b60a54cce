package dev.logdex.normalizer.logentry;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was found out about a source so far.
 *
 * @param format the form of most of its lines and what is around it: {@code stderr}, {@code
 *     syslog}, {@code stderr in cri in fluent-bit} …; {@code unknown} before the first one
 * @param prefix its {@code log_line_prefix}; null when none was recognised
 * @param suggestion what the operator could do to have it read better; null when nothing
 * @param lines all of them
 * @param ignoredLines lines that were passed over, for whatever cause
 * @param entries whole messages of the server
 * @param errors those of them at level ERROR, FATAL or PANIC
 * @param executions told to the sink
 * @param ignored lines that were passed over, by cause; a cause that was not met is not in it
 * @param cuts how often a bound was met, by what it cost; likewise
 * @param missingLines lines or messages that never came, as the processes' own counts tell
 */
public record LogFacts(
    String format,
    @Nullable String prefix,
    @Nullable String suggestion,
    long lines,
    long ignoredLines,
    long entries,
    long errors,
    long executions,
    long deadLetters,
    Map<Ignored, Long> ignored,
    Map<Cut, Long> cuts,
    long missingLines) {
  public LogFacts {
    requireNonNull(format, "format");
    EnumMap<Ignored, Long> byCause = new EnumMap<>(Ignored.class);
    byCause.putAll(ignored);
    ignored = Collections.unmodifiableMap(byCause);
    EnumMap<Cut, Long> byCost = new EnumMap<>(Cut.class);
    byCost.putAll(cuts);
    cuts = Collections.unmodifiableMap(byCost);
  }
}
