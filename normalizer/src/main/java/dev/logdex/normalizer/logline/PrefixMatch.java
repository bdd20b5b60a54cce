package dev.logdex.normalizer.logline;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What {@link LinePrefix} found in one line. Reused from line to line, because there are many: read
 * it before the next match, keep nothing of it.
 */
public final class PrefixMatch {
  private static final Escape[] TIMES = {Escape.TIME_WITH_MILLIS, Escape.TIME, Escape.EPOCH};

  private final int[] starts = new int[Escape.SLOTS];
  private final int[] ends = new int[Escape.SLOTS];
  private final NameCache names = new NameCache();
  private byte[] line = new byte[0];
  private int wordFrom;
  private int textFrom;
  private int evidence;
  private LineWord word = LineWord.LOG;
  private @Nullable String language;

  void begin(byte[] bytes) {
    line = bytes;
    evidence = 0;
    Arrays.fill(starts, -1);
  }

  void put(Escape escape, int from, int to) {
    starts[escape.slot()] = from;
    ends[escape.slot()] = to;
  }

  void clear(Escape escape) {
    starts[escape.slot()] = -1;
  }

  void addEvidence(int weight) {
    evidence += weight;
  }

  int evidence() {
    return evidence;
  }

  void restoreEvidence(int value) {
    evidence = value;
  }

  /** Accepts the level word at {@code from}; false when there is none. */
  boolean word(int from, int to) {
    LineWords.Spelling spelling = LineWords.at(line, from, to);
    if (spelling == null) {
      return false;
    }
    word = spelling.word();
    language = spelling.language();
    wordFrom = from;
    textFrom = LineWords.textFrom(spelling, line, from, to);
    return true;
  }

  public LineWord word() {
    return word;
  }

  /** The language that the level word is written in; null for the server's own English. */
  public @Nullable String language() {
    return language;
  }

  /** Index of the level word in the line's array. */
  int wordFrom() {
    return wordFrom;
  }

  /** Index of the first byte after the level word, its colon and the blanks. */
  public int textFrom() {
    return textFrom;
  }

  /** Empty when the prefix has none. */
  public String process() {
    return text(Escape.PROCESS);
  }

  /** What tells a process from a later one with the same id; empty when the prefix has nothing. */
  public String session() {
    String session = text(Escape.SESSION);
    return session.isEmpty() ? text(Escape.PROCESS_START) : session;
  }

  /** As printed, {@code [unknown]} included; empty when the prefix has none. */
  public String user() {
    return text(Escape.USER);
  }

  /** As printed, {@code [unknown]} included; empty when the prefix has none. */
  public String database() {
    return text(Escape.DATABASE);
  }

  /** As printed, {@code [unknown]} included; empty when the prefix has none. */
  public String application() {
    return text(Escape.APPLICATION);
  }

  /** The server's identity of the statement; 0 when it has none, or the prefix does not tell. */
  public long queryId() {
    int from = starts[Escape.QUERY_ID.slot()];
    if (from < 0) {
      return 0;
    }
    try {
      return Long.parseLong(text(Escape.QUERY_ID));
    } catch (NumberFormatException tooLong) {
      return 0;
    }
  }

  /** Whether the prefix has a field for the database at all. */
  public boolean hasDatabase() {
    return starts[Escape.DATABASE.slot()] >= 0;
  }

  boolean hasNoNames() {
    return isEmpty(Escape.USER) && isEmpty(Escape.DATABASE);
  }

  private boolean isEmpty(Escape escape) {
    int from = starts[escape.slot()];
    return from < 0 || from == ends[escape.slot()];
  }

  /** The process's line count; -1 when the prefix has none. */
  public long lineNumber() {
    int from = starts[Escape.LINE_NUMBER.slot()];
    int to = ends[Escape.LINE_NUMBER.slot()];
    if (from < 0 || from == to || to - from > 18) {
      return -1;
    }
    long number = 0;
    for (int at = from; at < to; at++) {
      number = number * 10 + (line[at] - '0');
    }
    return number;
  }

  /** Whether the prefix has a time, readable or not. */
  public boolean isTimed() {
    for (Escape escape : TIMES) {
      if (starts[escape.slot()] >= 0) {
        return true;
      }
    }
    return false;
  }

  /** When the line was written; null when the prefix does not tell. */
  public @Nullable Instant time(@Nullable ZoneId zone) {
    for (Escape escape : TIMES) {
      int from = starts[escape.slot()];
      if (from >= 0) {
        int to = ends[escape.slot()];
        return escape == Escape.EPOCH
            ? LogTime.parseEpoch(line, from, to)
            : LogTime.parse(line, from, to, zone);
      }
    }
    return null;
  }

  private String text(Escape escape) {
    int from = starts[escape.slot()];
    return from < 0 ? "" : names.name(line, from, ends[escape.slot()]);
  }
}
