package dev.logdex.normalizer.structured;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.logdex.normalizer.logline.LogTime;
import dev.logdex.normalizer.text.Utf8;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;

/**
 * Reads one stream of csvlog lines: 23 columns up to PostgreSQL 12, 24 in 13, 26 since 14. A record
 * may span lines, which may come in different Kafka records; it is complete when its quotes are
 * balanced. Nothing is put in front of the further lines (no TAB as in stderr), so nothing is taken
 * away.
 *
 * <p>A scanner of our own, because a csv library reads a whole document and cannot stop inside a
 * record, keep what it has across a restart, and find the next record when a line was lost. For
 * that: inside a record all quotes are doubled, so a line of a record never looks like the
 * beginning of a record up to its message's first quote, unless it is the record's last line.
 *
 * <p>Not thread-safe. Bounded: a longer record is given up, and what still comes of it is
 * swallowed.
 */
public final class CsvLog {
  /** What a line came to. */
  public enum Fed {
    /** It is no record, continues none, and was not taken. */
    NOT_TAKEN,
    /** It names the columns, as exports have it. */
    HEADER,
    /** The record goes on. */
    MORE,
    /** The record is complete: {@link CsvLog#entry}. */
    ENTRY,
    /** The quotes are balanced, but it is no csvlog record: {@link CsvLog#excerpt}. */
    DAMAGED,
    /** The record is longer than allowed and was given up: {@link CsvLog#excerpt}. */
    TOO_LONG,
    /** It belongs to a record that was given up. */
    SWALLOWED
  }

  private static final LogField[] FIELDS = LogField.values();
  private static final int LEAST_COLUMNS = 23;

  /** Columns in front of the message, all on the first line. */
  private static final int COLUMNS_BEFORE_MESSAGE = 13;

  private static final byte[] HEADER = "log_time,user_name,".getBytes(US_ASCII);
  private static final byte[] LINE_END = {'\n'};
  private static final int EXCERPT_BYTES = 256;
  private static final int USUAL_BYTES = 64 << 10;

  private final int maxBytes;
  private final FieldEntry entry = new FieldEntry();
  private byte[] kept = new byte[0];
  private int length;
  private boolean open;
  private boolean quoted;
  private boolean givenUp;
  private boolean cutShort;
  private Utf8 excerpt = Utf8.EMPTY;

  /** Values that had doubled quotes. */
  private byte[] plain = new byte[0];

  private int plainLength;

  /**
   * @param maxBytes the longest record
   */
  public CsvLog(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** Takes the next line of the stream, without its line end. */
  public Fed feed(byte[] line, int from, int to) {
    cutShort = false;
    if (!open) {
      return begin(line, from, to);
    }
    boolean quotedAfter = quoted ^ hasOddQuotes(line, from, to);
    if (beginsAnew(line, from, to)) {
      if (!quotedAfter && endsWith(line, from, to)) {
        return Fed.ENTRY;
      }
      cutShort = !givenUp;
      excerpt = Utf8.copy(kept, 0, Math.min(length, EXCERPT_BYTES));
      close();
      return begin(line, from, to);
    }
    quoted = quotedAfter;
    if (givenUp) {
      open = quoted;
      return Fed.SWALLOWED;
    }
    append(line, from, to);
    if (length > maxBytes) {
      return giveUp();
    }
    return quoted ? Fed.MORE : complete(kept, 0, length);
  }

  /** Whether a record has begun that is not complete. */
  public boolean isOpen() {
    return open;
  }

  /**
   * Whether the line last fed begins a record although the one before it was not complete, because
   * lines of that were lost; its beginning is then the {@link #excerpt}.
   */
  public boolean isCutShort() {
    return cutShort;
  }

  /** The fields of the record just completed; valid until the next line is fed. */
  public FieldEntry entry() {
    return entry;
  }

  /** The beginning of a record that was given up or is damaged. */
  public Utf8 excerpt() {
    return excerpt;
  }

  /** Bytes held of a record that is not complete. */
  public int keptBytes() {
    return length;
  }

  /** Forgets what is open; its beginning is then the {@link #excerpt}. */
  public void abandon() {
    excerpt = Utf8.copy(kept, 0, Math.min(length, EXCERPT_BYTES));
    close();
  }

  private Fed begin(byte[] line, int from, int to) {
    if (startsWith(line, from, to, HEADER)) {
      return Fed.HEADER;
    }
    if (!begins(line, from, to)) {
      return Fed.NOT_TAKEN;
    }
    quoted = hasOddQuotes(line, from, to);
    if (!quoted) {
      return complete(line, from, to);
    }
    open = true;
    length = 0;
    keep(line, from, to);
    return length > maxBytes ? giveUp() : Fed.MORE;
  }

  private Fed complete(byte[] record, int from, int to) {
    boolean read = read(record, from, to);
    if (!read) {
      excerpt = Utf8.copy(record, from, Math.min(to, from + EXCERPT_BYTES));
    }
    close();
    return read ? Fed.ENTRY : Fed.DAMAGED;
  }

  /** Whether the open record is complete with this line, which looks like a new one. */
  private boolean endsWith(byte[] line, int from, int to) {
    if (givenUp || length + to - from >= maxBytes) {
      return false;
    }
    int before = length;
    append(line, from, to);
    if (read(kept, 0, length)) {
      close();
      return true;
    }
    length = before;
    return false;
  }

  private Fed giveUp() {
    excerpt = Utf8.copy(kept, 0, Math.min(length, EXCERPT_BYTES));
    open = quoted;
    givenUp = quoted;
    length = 0;
    kept = new byte[0];
    return Fed.TOO_LONG;
  }

  /** The bytes stay, because the entry may view them. */
  private void close() {
    open = false;
    givenUp = false;
    quoted = false;
    length = 0;
  }

  private void append(byte[] line, int from, int to) {
    keep(LINE_END, 0, 1);
    keep(line, from, to);
  }

  private void keep(byte[] line, int from, int to) {
    int needed = length + to - from;
    if (needed > kept.length || (length == 0 && kept.length > USUAL_BYTES)) {
      kept = Arrays.copyOf(kept, Math.max(needed, length == 0 ? 1024 : 2 * kept.length));
    }
    System.arraycopy(line, from, kept, length, to - from);
    length = needed;
  }

  // ---- one record

  /** Whether the line begins with the columns that stand in front of a record's message. */
  public static boolean begins(byte[] line, int from, int to) {
    return messageColumn(line, from, to) >= 0;
  }

  /** As {@link #begins}, for a line that may also be part of a message. */
  private static boolean beginsAnew(byte[] line, int from, int to) {
    int message = messageColumn(line, from, to);
    if (message < 0) {
      return false;
    }
    int at = message;
    while (at < to && line[at] == '"') {
      at++;
    }
    boolean comma = at < to && line[at] == ',';
    int quotes = at - message;
    // an even number is what an odd one looks like inside a record
    return (quotes == 0 || quotes % 2 == 1) ? !comma : (quotes == 2 && comma);
  }

  private static int messageColumn(byte[] line, int from, int to) {
    int first = from < to && line[from] == '"' ? from + 1 : from;
    if (LogTime.endOfSeconds(line, first, to) < 0) {
      return -1;
    }
    int at = from;
    for (int column = 0; column < COLUMNS_BEFORE_MESSAGE; column++) {
      boolean inQuotes = at < to && line[at] == '"';
      int valueFrom = inQuotes ? at + 1 : at;
      int valueTo = inQuotes ? closingQuote(line, valueFrom, to) : comma(line, at, to);
      at = inQuotes ? valueTo + 1 : valueTo;
      boolean fits =
          valueTo >= 0
              && at < to
              && line[at] == ','
              && fits(FIELDS[column], line, valueFrom, valueTo);
      if (!fits) {
        return -1;
      }
      at++;
    }
    return at;
  }

  private static boolean fits(LogField field, byte[] line, int from, int to) {
    return switch (field) {
      case PROCESS, LINE_NUMBER -> isAll(line, from, to, "0123456789");
      case SESSION -> isAll(line, from, to, "0123456789abcdef.");
      case SEVERITY -> from < to;
      case SQLSTATE -> to - from == 5;
      default -> true;
    };
  }

  private static boolean isAll(byte[] line, int from, int to, String bytes) {
    for (int at = from; at < to; at++) {
      if (bytes.indexOf(line[at]) < 0) {
        return false;
      }
    }
    return from < to;
  }

  /** Takes a whole record apart; false when it is none. */
  private boolean read(byte[] record, int from, int end) {
    entry.clear();
    plainLength = 0;
    int to = end > from && record[end - 1] == '\r' ? end - 1 : end;
    int at = from;
    int column = 0;
    while (true) {
      boolean inQuotes = at < to && record[at] == '"';
      int valueFrom = inQuotes ? at + 1 : at;
      int valueTo = inQuotes ? closingQuote(record, valueFrom, to) : comma(record, at, to);
      at = inQuotes ? valueTo + 1 : valueTo;
      if (valueTo < 0 || (at < to && record[at] != ',')) {
        return false;
      }
      if (column < FIELDS.length && (inQuotes || valueTo > valueFrom)) {
        entry.put(FIELDS[column], value(record, valueFrom, valueTo, inQuotes, to - from));
      }
      column++;
      if (at >= to) {
        return column >= LEAST_COLUMNS;
      }
      at++;
    }
  }

  private Utf8 value(byte[] record, int from, int to, boolean inQuotes, int recordBytes) {
    if (!inQuotes || quote(record, from, to) == to) {
      return Utf8.view(record, from, to);
    }
    if (plainLength == 0 && (plain.length < recordBytes || plain.length > USUAL_BYTES)) {
      plain = new byte[recordBytes];
    }
    int start = plainLength;
    int at = from;
    while (at < to) {
      int quote = quote(record, at, to);
      int upTo = Math.min(to, quote + 1);
      System.arraycopy(record, at, plain, plainLength, upTo - at);
      plainLength += upTo - at;
      at = upTo + 1; // the second one of two
    }
    return Utf8.view(plain, start, plainLength);
  }

  /** Where the value in quotes ends; negative when it does not. */
  private static int closingQuote(byte[] line, int from, int to) {
    int at = quote(line, from, to);
    while (at + 1 < to && line[at + 1] == '"') {
      at = quote(line, at + 2, to);
    }
    return at < to ? at : -1;
  }

  private static int comma(byte[] line, int from, int to) {
    int at = from;
    while (at < to && line[at] != ',') {
      at++;
    }
    return at;
  }

  private static int quote(byte[] line, int from, int to) {
    int at = from;
    while (at < to && line[at] != '"') {
      at++;
    }
    return at;
  }

  private static boolean hasOddQuotes(byte[] line, int from, int to) {
    int quotes = 0;
    for (int at = from; at < to; at++) {
      quotes += line[at] == '"' ? 1 : 0;
    }
    return (quotes & 1) != 0;
  }

  private static boolean startsWith(byte[] line, int from, int to, byte[] expected) {
    int end = from + expected.length;
    return end <= to && Arrays.equals(line, from, end, expected, 0, expected.length);
  }

  // ---- state

  public void write(DataOutputStream out) throws IOException {
    out.writeBoolean(open);
    out.writeBoolean(quoted);
    out.writeBoolean(givenUp);
    out.writeInt(length);
    out.write(kept, 0, length);
  }

  public void read(DataInputStream in) throws IOException {
    open = in.readBoolean();
    quoted = in.readBoolean();
    givenUp = in.readBoolean();
    length = in.readInt();
    kept = in.readNBytes(length);
  }
}
