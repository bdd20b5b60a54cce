package dev.logdex.normalizer.source;

import dev.logdex.normalizer.event.DeadLetter;
import dev.logdex.normalizer.event.DeadLetterReason;
import dev.logdex.normalizer.event.QueryWindow;
import dev.logdex.normalizer.fingerprint.StatementNormalizer;
import dev.logdex.normalizer.logentry.LogSink;
import dev.logdex.normalizer.statement.Credentials;
import dev.logdex.normalizer.statement.Execution;
import dev.logdex.normalizer.statement.LogEntry;
import dev.logdex.normalizer.statement.LoggedPlan;
import dev.logdex.normalizer.statement.StatementEvent;
import dev.logdex.normalizer.text.Utf8;
import dev.logdex.normalizer.window.WindowLimits;
import dev.logdex.normalizer.window.WindowSums;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a stretch of log came to: executions added up, and what was rejected. */
public final class Tally implements LogSink {
  private static final String STAGE = "normalizer";
  private static final int EXCERPT_LENGTH = 1000;

  private final String source;
  private final StatementNormalizer normalizer;
  private final WindowSums sums;
  private final List<DeadLetter> letters = new ArrayList<>();
  private @Nullable Instant latest;
  private long entries;
  private long executions;

  Tally(String source, StatementNormalizer normalizer, WindowLimits limits) {
    this.source = source;
    this.normalizer = normalizer;
    this.sums = new WindowSums(limits);
  }

  /** Executions by window, in the order in which each window was first met. */
  public List<QueryWindow> windows() {
    return sums.windows();
  }

  public List<DeadLetter> letters() {
    return List.copyOf(letters);
  }

  /** The largest time of any entry; null when none had one. */
  public @Nullable Instant latest() {
    return latest;
  }

  public long entries() {
    return entries;
  }

  /** Executions that were added up. */
  public long executions() {
    return executions;
  }

  /** Executions too long for a sample. */
  public long samplesDropped() {
    return sums.samplesDropped();
  }

  /** Normalized statements that had to be cut. */
  public long textsCut() {
    return sums.textsCut();
  }

  @Override
  public void entry(LogEntry entry) {
    entries++;
    Instant at = entry.loggedAt();
    if (at != null && (latest == null || at.isAfter(latest))) {
      latest = at;
    }
  }

  @Override
  public void execution(Execution execution) {
    try {
      count(execution);
    } catch (RuntimeException e) { // a defect of ours must cost this statement only
      letters.add(
          letter(
              DeadLetterReason.INTERNAL,
              execution.place().toString(),
              "normalizing the statement failed: " + e.getClass().getSimpleName(),
              execution.loggedAt(),
              execution.statement().toString()));
    }
  }

  @Override
  public void event(StatementEvent event) {
    // not added up yet
  }

  @Override
  public void plan(LoggedPlan plan) {
    // not added up yet
  }

  @Override
  public void rejected(DeadLetter letter) {
    letters.add(letter);
  }

  /** A record, or a line of it, on which the reading of the log failed. */
  void failed(String place, RuntimeException failure, String excerpt) {
    letters.add(
        letter(
            DeadLetterReason.INTERNAL,
            place,
            "reading the log failed: " + failure.getClass().getSimpleName(),
            null,
            excerpt));
  }

  private void count(Execution execution) {
    Utf8 text = execution.statement();
    if (!normalizer.read(text.bytes(), text.from(), text.length())) {
      return; // only a comment, or nothing
    }
    if (normalizer.complete()) {
      sums.add(execution, normalizer.fingerprint(), normalizer::text);
      executions++;
    } else {
      letters.add(
          letter(
              DeadLetterReason.TRUNCATED_STATEMENT,
              execution.place().toString(),
              "the statement ends before it is complete",
              execution.loggedAt(),
              execution.statement().toString()));
    }
  }

  private DeadLetter letter(
      DeadLetterReason reason,
      String place,
      String detail,
      @Nullable Instant loggedAt,
      String text) {
    return new DeadLetter(
        DeadLetter.VERSION,
        STAGE,
        reason,
        source,
        place,
        detail,
        loggedAt,
        Credentials.redacted(excerpt(text)));
  }

  private static String excerpt(String text) {
    if (text.length() <= EXCERPT_LENGTH) {
      return text;
    }
    boolean insideCharacter = Character.isHighSurrogate(text.charAt(EXCERPT_LENGTH - 1));
    return text.substring(0, insideCharacter ? EXCERPT_LENGTH - 1 : EXCERPT_LENGTH);
  }
}
