package dev.logdex.normalizer.logline;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What {@link LinePrefix} found in one line. Reused from line to line, because there are many: read
 * it before the next match, keep nothing of it but its strings.
 */
public final class PrefixMatch {
  private static final Escape[] TIMES = {Escape.TIME_WITH_MILLIS, Escape.TIME, Escape.EPOCH};
  private static final int ESCAPES = Escape.values().length;
  private static final int SQLSTATE_BYTES = 5;
  private static final int MAX_QUERY_ID_BYTES = 20;
  private static final int MICROS = 1_000_000;

  private final int[] starts = new int[ESCAPES];
  private final int[] ends = new int[ESCAPES];
  private final NameCache texts = new NameCache();
  private final LogClock clock = new LogClock();

  /** A bit for each escape, by its slot, that the prefix has a field for. */
  private int found;

  private byte[] line = new byte[0];
  private int wordFrom;
  private int textFrom;
  private int sqlstateFrom;
  private int evidence;
  private boolean takesUnknownWords;
  private LineWord word = LineWord.LOG;
  private @Nullable String language;

  void begin(byte[] bytes) {
    line = bytes;
    evidence = 0;
    found = 0;
  }

  /** An escape may stand twice; the first one counts. */
  void put(Escape escape, int from, int to) {
    int slot = escape.slot();
    if ((found & 1 << slot) == 0) {
      found |= 1 << slot;
      starts[slot] = from;
      ends[slot] = to;
    }
  }

  /** Which escapes are found: what {@link #forget} goes back to. */
  int found() {
    return found;
  }

  /** Takes back what was found and what was counted since. */
  void forget(int foundBefore, int evidenceBefore) {
    found = foundBefore;
    evidence = evidenceBefore;
  }

  void addEvidence(int weight) {
    evidence += weight;
  }

  int evidence() {
    return evidence;
  }

  /** The fields' places, to be given to {@link #restore}. */
  int[] places() {
    int[] places = Arrays.copyOf(starts, 2 * ESCAPES + 3);
    System.arraycopy(ends, 0, places, ESCAPES, ESCAPES);
    places[2 * ESCAPES] = found;
    places[2 * ESCAPES + 1] = evidence;
    places[2 * ESCAPES + 2] = wordFrom;
    return places;
  }

  void restore(int[] places, int to) {
    System.arraycopy(places, 0, starts, 0, ESCAPES);
    System.arraycopy(places, ESCAPES, ends, 0, ESCAPES);
    found = places[2 * ESCAPES];
    evidence = places[2 * ESCAPES + 1];
    word(places[2 * ESCAPES + 2], to);
  }

  /** Whether a word in no known language, if it looks like a level, is taken for one. */
  void takeUnknownWords(boolean taken) {
    takesUnknownWords = taken;
  }

  boolean takesUnknownWords() {
    return takesUnknownWords;
  }

  /** Accepts the level word at {@code from}; false when there is none. */
  boolean word(int from, int to) {
    LineWords.Spelling spelling = LineWords.at(line, from, to);
    if (spelling == null) {
      return takesUnknownWords && unknownWord(from, to);
    }
    word = spelling.word();
    language = spelling.language();
    wordFrom = from;
    textFrom = LineWords.textFrom(spelling, line, from, to);
    sqlstateFrom = -1;
    if (!word.isPart()) {
      skipVerboseSqlstate(to);
      skipSourceFile(to);
    }
    return true;
  }

  private boolean unknownWord(int from, int to) {
    int end = LineWords.endOfUnknownWord(line, from, to);
    wordFrom = from;
    textFrom = end;
    return end >= 0;
  }

  /** log_error_verbosity = verbose: {@code ERROR: 22012: division by zero}. */
  private void skipVerboseSqlstate(int to) {
    int end = textFrom + SQLSTATE_BYTES;
    if (end + 1 >= to || line[end] != ':' || line[end + 1] != ' ') {
      return;
    }
    boolean digit = false;
    for (int at = textFrom; at < end; at++) {
      byte b = line[at];
      digit |= Bytes.isDigit(b);
      if (!Bytes.isDigit(b) && (b < 'A' || b > 'Z')) {
        return;
      }
    }
    if (digit) {
      sqlstateFrom = textFrom;
      textFrom = end + 2;
    }
  }

  /** AlloyDB: {@code LOG: [postgres.cc:123] duration: …}. */
  private void skipSourceFile(int to) {
    if (textFrom >= to || line[textFrom] != '[') {
      return;
    }
    int at = textFrom + 1;
    int dot = -1;
    while (at < to && (isNameByte(line[at]) || line[at] == '.' || line[at] == '-')) {
      dot = line[at] == '.' ? at : dot;
      at++;
    }
    if (dot < 0 || at >= to || line[at] != ':') {
      return;
    }
    int end = Bytes.digits(line, at + 1, to);
    boolean printed =
        end > at + 1
            && end + 2 < to
            && line[end] == ']'
            && line[end + 1] == ' '
            && line[end + 2] == ' ';
    if (printed) {
      textFrom = end + 3;
    }
  }

  private static boolean isNameByte(byte b) {
    return Bytes.isLetter(b) || Bytes.isDigit(b) || b == '_';
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

  /**
   * Index of the first byte after the level word, its colon and the blanks; after the SQLSTATE too
   * where log_error_verbosity prints it in front of the message.
   */
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

  /** Empty when the prefix has none, or the server did not know it yet. */
  public String user() {
    return name(Escape.USER);
  }

  /** Empty when the prefix has none, or the server did not know it yet. */
  public String database() {
    return name(Escape.DATABASE);
  }

  /** Empty when the prefix has none, or the client gave none. */
  public String application() {
    return name(Escape.APPLICATION);
  }

  /** {@code client backend}, {@code checkpointer} …; empty when the prefix has none. */
  public String backendType() {
    return text(Escape.BACKEND_TYPE);
  }

  /** Name or address, without port; empty when the prefix has none. */
  public String host() {
    String host = text(Escape.HOST);
    if (!host.isEmpty()) {
      return host;
    }
    String remote = text(Escape.REMOTE);
    int port = remote.lastIndexOf('(');
    return port < 0 ? remote : remote.substring(0, port);
  }

  /** From the prefix, or from the message's front; empty when neither has it. */
  public String sqlstate() {
    return sqlstateFrom < 0
        ? text(Escape.SQLSTATE)
        : texts.name(line, sqlstateFrom, sqlstateFrom + SQLSTATE_BYTES);
  }

  /** The server's identity of the statement, signed; 0 when the prefix has none. */
  public long queryId() {
    int from = start(Escape.QUERY_ID);
    int to = ends[Escape.QUERY_ID.slot()];
    if (from < 0 || to - from > MAX_QUERY_ID_BYTES) {
      return 0;
    }
    boolean negative = line[from] == '-';
    long value = 0;
    for (int at = negative ? from + 1 : from; at < to; at++) {
      value = value * 10 - (line[at] - '0'); // downwards, because the least long has no opposite
    }
    return negative ? value : -value;
  }

  /** Whether the prefix has a field for the database at all. */
  public boolean hasDatabase() {
    return start(Escape.DATABASE) >= 0;
  }

  boolean has(Escape escape) {
    return start(escape) >= 0;
  }

  boolean hasNoNames() {
    return isEmpty(Escape.USER) && isEmpty(Escape.DATABASE);
  }

  /**
   * Whether a separator inside of what the server prints for a name that it does not know was taken
   * for the end of the name: Russian has {@code [н/д]}.
   */
  boolean cutsUnknownName() {
    return cutsUnknownName(Escape.USER) || cutsUnknownName(Escape.DATABASE);
  }

  private boolean cutsUnknownName(Escape escape) {
    int from = start(escape);
    return from >= 0 && LineWords.cutsUnknownName(line, from, ends[escape.slot()]);
  }

  /** Whether all names that the prefix has fields for look like nearly all names. */
  boolean isUsual() {
    return isUsual(Escape.USER) && isUsual(Escape.DATABASE);
  }

  boolean isUsual(Escape escape) {
    int from = start(escape);
    return from < 0 || escape.shape().isUsual(line, from, ends[escape.slot()]);
  }

  private boolean isEmpty(Escape escape) {
    int from = start(escape);
    return from < 0 || from == ends[escape.slot()];
  }

  /** The process's line count; -1 when the prefix has none. */
  public long lineNumber() {
    int from = start(Escape.LINE_NUMBER);
    int to = ends[Escape.LINE_NUMBER.slot()];
    if (from < 0 || from == to || to - from > 18) {
      return -1;
    }
    long value = 0;
    for (int at = from; at < to; at++) {
      value = value * 10 + (line[at] - '0');
    }
    return value;
  }

  /** Whether the prefix has a time, readable or not. */
  public boolean isTimed() {
    return has(Escape.TIME_WITH_MILLIS) || has(Escape.TIME) || has(Escape.EPOCH);
  }

  /** When the line was written; null when the prefix does not tell. */
  public @Nullable Instant time(@Nullable ZoneId zone) {
    long micros = timeMicros(zone);
    return micros == LogClock.NO_TIME
        ? null
        : Instant.ofEpochSecond(
            Math.floorDiv(micros, MICROS), Math.floorMod(micros, MICROS) * 1000L);
  }

  /**
   * When the line was written, in microseconds since 1970; {@link LogClock#NO_TIME} when the prefix
   * does not tell.
   *
   * @param zone log_timezone, where it is known
   */
  public long timeMicros(@Nullable ZoneId zone) {
    for (Escape escape : TIMES) {
      int from = start(escape);
      if (from >= 0) {
        int to = ends[escape.slot()];
        return escape == Escape.EPOCH
            ? LogClock.epochMicros(line, from, to)
            : clock.micros(line, from, to, zone);
      }
    }
    return LogClock.NO_TIME;
  }

  /**
   * An abbreviation of a zone that was read with one of several meanings, because no zone is
   * configured; null when there was none.
   */
  public @Nullable String ambiguousZone() {
    return clock.ambiguous();
  }

  /** Where the field begins; -1 when the prefix has none. */
  int start(Escape escape) {
    int slot = escape.slot();
    return (found & 1 << slot) == 0 ? -1 : starts[slot];
  }

  private String text(Escape escape) {
    int from = start(escape);
    return from < 0 ? "" : texts.name(line, from, ends[escape.slot()]);
  }

  private String name(Escape escape) {
    int from = start(escape);
    int to = ends[escape.slot()];
    return from < 0 || LineWords.isUnknownName(line, from, to) ? "" : texts.name(line, from, to);
  }
}
