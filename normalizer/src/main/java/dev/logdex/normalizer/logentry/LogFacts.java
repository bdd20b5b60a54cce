package dev.logdex.normalizer.logentry;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * What was found out about a source so far.
 *
 * @param format the form of most of its lines and what is around it: {@code stderr}, {@code
 *     syslog}, {@code stderr in cri in fluent-bit} …; {@code unknown} before the first one
 * @param prefix its {@code log_line_prefix}; null when none was recognised
 * @param suggestion what the operator could do to have it read better; null when nothing
 * @param lines all of them
 * @param ignoredLines empty lines, lines of other programs and loggers, what came twice
 * @param entries whole messages of the server
 * @param errors those of them at level ERROR, FATAL or PANIC
 * @param executions told to the sink
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
    long deadLetters) {
  public LogFacts {
    requireNonNull(format, "format");
  }
}
