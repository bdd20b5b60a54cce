package dev.logdex.normalizer.source;

import dev.logdex.normalizer.event.DeadLetter;
import dev.logdex.normalizer.event.DeadLetterReason;
import dev.logdex.normalizer.fingerprint.StatementNormalizer;
import dev.logdex.normalizer.logentry.LogSink;
import dev.logdex.normalizer.statement.Credentials;
import dev.logdex.normalizer.statement.Execution;
import dev.logdex.normalizer.statement.LogEntry;
import dev.logdex.normalizer.statement.LoggedPlan;
import dev.logdex.normalizer.statement.StatementEvent;
import dev.logdex.normalizer.text.Place;
import dev.logdex.normalizer.text.Utf8;
import dev.logdex.normalizer.window.OpenWindows;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the logs of one task come to: executions added to the open windows, what was rejected, and
 * how far event time has got. Nothing is made for an execution but what the windows keep.
 */
public final class Tally {
  private static final String STAGE = "normalizer";
  private static final int EXCERPT_LENGTH = 1000;

  /** Bytes that surely hold an excerpt. */
  private static final int EXCERPT_BYTES = 4 * EXCERPT_LENGTH;

  private final OpenWindows windows;
  private final StatementNormalizer normalizer = new StatementNormalizer();
  private List<DeadLetter> letters = new ArrayList<>();
  private Instant latest = Instant.MIN;
  private long entries;
  private long executions;
  private long events;
  private long plans;
  private long unattributed;

  public Tally(OpenWindows windows) {
    this.windows = windows;
  }

  /** Takes the letters that there are. */
  public List<DeadLetter> takeLetters() {
    if (letters.isEmpty()) {
      return List.of();
    }
    List<DeadLetter> taken = letters;
    letters = new ArrayList<>();
    return taken;
  }

  /** The largest time of any entry; {@link Instant#MIN} when none had one. */
  public Instant latest() {
    return latest;
  }

  /** Whole log entries. */
  public long entries() {
    return entries;
  }

  /** Executions that were added up. */
  public long executions() {
    return executions;
  }

  /** Events of statements that were added up. */
  public long events() {
    return events;
  }

  /** Plans that were added to their statements. */
  public long plans() {
    return plans;
  }

  /** Events and plans whose statement was cut or is no statement, so that they belong to none. */
  public long unattributed() {
    return unattributed;
  }

  LogSink sinkOf(String source) {
    return new SourceSink(source);
  }

  /** A record, or the end of a source, on which the reading of its log failed. */
  void failed(String source, String place, RuntimeException failure, byte[] text, int from) {
    int length = Math.min(text.length - from, EXCERPT_BYTES);
    letters.add(
        letter(
            DeadLetterReason.INTERNAL,
            source,
            place,
            "reading the log failed: " + failure.getClass().getSimpleName(),
            null,
            new String(text, from, length, StandardCharsets.UTF_8)));
  }

  private void count(String source, Execution execution) {
    Utf8 text = execution.statement();
    if (!normalizer.read(text.bytes(), text.from(), text.length())) {
      return; // only a comment, or nothing
    }
    if (normalizer.complete()) {
      windows.add(execution, normalizer);
      executions++;
    } else {
      letters.add(
          letter(
              DeadLetterReason.TRUNCATED_STATEMENT,
              source,
              execution.place().toString(),
              "the statement ends before it is complete",
              execution.loggedAt(),
              excerpt(text)));
    }
  }

  /** Whether there is a whole statement, which the normalizer then has read. */
  private boolean isWhole(Utf8 text) {
    boolean whole =
        normalizer.read(text.bytes(), text.from(), text.length()) && normalizer.complete();
    unattributed += whole ? 0 : 1;
    return whole;
  }

  private void statementFailed(
      String source, Place place, RuntimeException failure, Instant at, Utf8 statement) {
    letters.add(
        letter(
            DeadLetterReason.INTERNAL,
            source,
            place.toString(),
            "adding up the statement failed: " + failure.getClass().getSimpleName(),
            at,
            excerpt(statement)));
  }

  private static DeadLetter letter(
      DeadLetterReason reason,
      String source,
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

  private static String excerpt(Utf8 text) {
    return excerpt(text.part(0, Math.min(text.length(), EXCERPT_BYTES)).toString());
  }

  private static String excerpt(String text) {
    if (text.length() <= EXCERPT_LENGTH) {
      return text;
    }
    boolean insideCharacter = Character.isHighSurrogate(text.charAt(EXCERPT_LENGTH - 1));
    return text.substring(0, insideCharacter ? EXCERPT_LENGTH - 1 : EXCERPT_LENGTH);
  }

  /** What one source's log tells. A defect of ours must cost the statement that it is met on. */
  private final class SourceSink implements LogSink {
    private final String source;

    SourceSink(String source) {
      this.source = source;
    }

    @Override
    public void entry(LogEntry entry) {
      entries++;
      Instant at = entry.loggedAt();
      if (at != null && at.isAfter(latest)) {
        latest = at;
      }
    }

    @Override
    public void execution(Execution execution) {
      try {
        count(source, execution);
      } catch (RuntimeException e) {
        statementFailed(source, execution.place(), e, execution.loggedAt(), execution.statement());
      }
    }

    @Override
    public void event(StatementEvent event) {
      try {
        if (isWhole(event.statement())) {
          windows.add(event, normalizer);
          events++;
        }
      } catch (RuntimeException e) {
        statementFailed(source, event.place(), e, event.at(), event.statement());
      }
    }

    @Override
    public void plan(LoggedPlan plan) {
      try {
        if (isWhole(plan.statement())) {
          windows.add(plan, normalizer);
          plans++;
        }
      } catch (RuntimeException e) {
        statementFailed(source, plan.place(), e, plan.at(), plan.statement());
      }
    }

    @Override
    public void rejected(DeadLetter letter) {
      letters.add(letter);
    }
  }
}
