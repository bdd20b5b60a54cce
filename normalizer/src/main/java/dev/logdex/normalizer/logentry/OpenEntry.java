package dev.logdex.normalizer.logentry;

import dev.logdex.normalizer.logline.LineWord;
import dev.logdex.normalizer.statement.LogEntry;
import dev.logdex.normalizer.statement.StateText;
import dev.logdex.normalizer.text.Place;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A log entry whose lines are still coming in, within one stream of lines. */
final class OpenEntry {
  /** Who wrote the entry and when; everything that its first line tells. */
  record Head(
      LineWord severity,
      @Nullable String language,
      String database,
      String user,
      String application,
      String backend,
      String process,
      String session,
      long lineNumber,
      long queryId,
      @Nullable Instant loggedAt,
      Instant arrivedAt,
      boolean zoneUnknown,
      Place place) {
    Instant at() {
      return loggedAt == null ? arrivedAt : loggedAt;
    }
  }

  /** What is kept of a CONTEXT part: PL/pgSQL's lines, or a failed statement's parameters. */
  static final int MAX_CONTEXT_BYTES = 64 << 10;

  private final Head head;
  private final ByteText message = new ByteText();
  private @Nullable ByteText detail;
  private @Nullable ByteText context;
  private @Nullable ByteText statement;
  private LineWord part;

  /** Bytes of all lines, kept or not. */
  private long length;

  /** Bytes of text kept, early chunks included. */
  private int kept;

  /** The process's line count at the part read last; -1 when the log does not tell. */
  private long lastLine;

  /** The entry was given up, and a dead letter told if need be; further lines are swallowed. */
  private boolean givenUp;

  /** Why lines are swallowed for now: set while they repeat what was read before. */
  private boolean repeating;

  /** Lines came while others were repeated, and may have been the entry's own. */
  private boolean doubted;

  /** The entry began in the middle of another one's line. */
  private boolean interleaved;

  private boolean contextCut;

  /** The entry is no longer open. */
  private boolean told;

  // of chunked forms
  private long messageNumber = -1;
  private long chunk;
  private int chunkBytes;
  private boolean chunked;
  private boolean headless;
  private @Nullable SortedMap<Long, byte[]> early;

  OpenEntry(Head head) {
    this.head = head;
    this.part = head.severity();
    this.lastLine = head.lineNumber();
  }

  /** Stands for an entry whose beginning has not come, or could not be read. */
  static OpenEntry headless(Head head, long messageNumber) {
    OpenEntry entry = new OpenEntry(head);
    entry.headless = true;
    entry.messageNumber = messageNumber;
    return entry;
  }

  Head head() {
    return head;
  }

  boolean isHeadless() {
    return headless;
  }

  /** Begins a further part of the message. */
  void beginPart(LineWord word, long lineNumber) {
    part = word;
    lastLine = lineNumber;
    ByteText text = text();
    if (text != null && text.length() > 0) {
      text.append('\n');
      kept++;
    }
  }

  /** Whether this is a word whose text is kept. */
  static boolean isKept(LineWord word) {
    return !word.isPart()
        || word == LineWord.DETAIL
        || word == LineWord.CONTEXT
        || word == LineWord.STATEMENT;
  }

  /**
   * Adds to the current part. Parts that nobody reads are counted but not kept.
   *
   * @param stays whether the array stays as it is until {@link #detach}
   */
  void append(byte[] line, int from, int to, boolean ownLine, boolean stays) {
    length += to - from + (ownLine ? 1L : 0L);
    ByteText text = givenUp ? null : text();
    if (text == null) {
      return;
    }
    int end = to;
    if (text == context && text.length() + 1L + to - from > MAX_CONTEXT_BYTES) {
      contextCut = true;
      end = Math.max(from, from + MAX_CONTEXT_BYTES - 1 - text.length());
    }
    if (ownLine && !(contextCut && text == context && end == from)) {
      text.append('\n');
      kept++;
    }
    if (stays) {
      text.view(line, from, end);
    } else {
      text.append(line, from, end);
    }
    kept += end - from;
  }

  private @Nullable ByteText text() {
    if (!part.isPart()) {
      return message;
    }
    if (part == LineWord.DETAIL) {
      detail = detail == null ? new ByteText() : detail;
      return detail;
    }
    if (part == LineWord.CONTEXT) {
      context = context == null ? new ByteText() : context;
      return context;
    }
    if (part == LineWord.STATEMENT) {
      statement = statement == null ? new ByteText() : statement;
      return statement;
    }
    return null;
  }

  /** The arrays that texts were viewed in are taken away. */
  void detach() {
    message.detach();
    detach(detail);
    detach(context);
    detach(statement);
  }

  private static void detach(@Nullable ByteText text) {
    if (text != null) {
      text.detach();
    }
  }

  /** Drops the text; what still comes of the entry is swallowed. */
  void giveUp() {
    givenUp = true;
    message.clear();
    detail = null;
    context = null;
    statement = null;
    early = null;
    kept = 0;
  }

  boolean isGivenUp() {
    return givenUp;
  }

  long length() {
    return length;
  }

  int keptBytes() {
    return kept;
  }

  void markTold() {
    told = true;
  }

  boolean isTold() {
    return told;
  }

  boolean isContextCut() {
    return contextCut;
  }

  long lastLine() {
    return lastLine;
  }

  /** Lines that come next were read before, until a line comes that was not. */
  void repeat() {
    repeating = true;
  }

  boolean isRepeating() {
    return repeating;
  }

  /** A line came that may be one of those repeated, or one of the entry's own. */
  void doubt() {
    doubted = true;
  }

  boolean isDoubted() {
    return doubted;
  }

  void goOn() {
    repeating = false;
  }

  /** The beginning of the message; a character that the bound cuts is replaced. */
  String excerpt(int maxBytes) {
    SortedMap<Long, byte[]> waiting = early;
    if (headless && waiting != null) {
      ByteText first = new ByteText();
      for (byte[] text : waiting.values()) {
        if (first.length() < maxBytes) {
          first.append(text, 0, text.length);
        }
      }
      return first.toString(maxBytes);
    }
    return message.toString(maxBytes);
  }

  void markInterleaved() {
    interleaved = true;
  }

  boolean isInterleaved() {
    return interleaved;
  }

  // ---- chunks

  /**
   * Remembers the chunk just added, to see that the next one follows and how it is to be joined.
   */
  void chunk(long number, long chunkNumber, int bytes) {
    messageNumber = number;
    chunk = chunkNumber;
    chunkBytes = bytes;
    chunked = true;
  }

  /** Whether the entry came in chunks that are marked with their process, so none is another's. */
  boolean isChunked() {
    return chunked || headless;
  }

  /** Keeps a chunk that came before the ones in front of it; false when it is kept already. */
  boolean keepEarly(long chunkNumber, byte[] line, int from, int to) {
    SortedMap<Long, byte[]> waiting = early == null ? new TreeMap<>() : early;
    early = waiting;
    if (waiting.putIfAbsent(chunkNumber, Arrays.copyOfRange(line, from, to)) != null) {
      return false;
    }
    kept += to - from;
    return true;
  }

  int earlyChunks() {
    return early == null ? 0 : early.size();
  }

  /** The chunk that follows the one added last, if it came before it; else null. */
  byte @Nullable [] takeEarly() {
    SortedMap<Long, byte[]> waiting = early;
    byte[] next = waiting == null ? null : waiting.remove(chunk + 1);
    if (next != null) {
      kept -= next.length;
    }
    return next;
  }

  /** Takes over the chunks that came before the head. */
  void takeEarlyOf(OpenEntry headlessEntry) {
    early = headlessEntry.early;
    kept += headlessEntry.kept;
    headlessEntry.early = null;
    headlessEntry.kept = 0;
  }

  /** Whether chunks before one that has come never came. */
  boolean isIncomplete() {
    return earlyChunks() > 0 || (headless && !givenUp);
  }

  long messageNumber() {
    return messageNumber;
  }

  long chunk() {
    return chunk;
  }

  int chunkBytes() {
    return chunkBytes;
  }

  // ----

  LogEntry toEntry() {
    return new LogEntry(
        head.severity(),
        head.language(),
        head.database(),
        head.user(),
        head.application(),
        head.backend(),
        head.session(),
        head.lineNumber(),
        head.queryId(),
        head.loggedAt(),
        head.at(),
        message.toUtf8(),
        detail == null ? null : detail.toUtf8(),
        context == null ? null : context.toUtf8(),
        statement == null ? null : statement.toUtf8(),
        head.place());
  }

  void write(DataOutputStream out) throws IOException {
    out.writeUTF(head.severity().name());
    StateText.write(out, head.language());
    StateText.write(out, head.database());
    StateText.write(out, head.user());
    StateText.write(out, head.application());
    StateText.write(out, head.backend());
    StateText.write(out, head.process());
    StateText.write(out, head.session());
    out.writeLong(head.lineNumber());
    out.writeLong(head.queryId());
    out.writeBoolean(head.loggedAt() != null);
    StateText.write(out, head.at());
    StateText.write(out, head.arrivedAt());
    out.writeBoolean(head.zoneUnknown());
    StateText.write(out, head.place().record());
    out.writeLong(head.place().line());
    message.write(out);
    writeText(out, detail);
    writeText(out, context);
    writeText(out, statement);
    out.writeUTF(part.name());
    out.writeLong(length);
    out.writeLong(lastLine);
    out.writeBoolean(givenUp);
    out.writeBoolean(repeating);
    out.writeBoolean(doubted);
    out.writeBoolean(interleaved);
    out.writeBoolean(contextCut);
    out.writeLong(messageNumber);
    out.writeLong(chunk);
    out.writeInt(chunkBytes);
    out.writeBoolean(chunked);
    out.writeBoolean(headless);
    SortedMap<Long, byte[]> waiting = early == null ? new TreeMap<>() : early;
    out.writeInt(waiting.size());
    for (Map.Entry<Long, byte[]> one : waiting.entrySet()) {
      out.writeLong(one.getKey());
      out.writeInt(one.getValue().length);
      out.write(one.getValue());
    }
  }

  static OpenEntry read(DataInputStream in) throws IOException {
    OpenEntry entry = new OpenEntry(readHead(in));
    entry.message.read(in);
    entry.detail = readText(in);
    entry.context = readText(in);
    entry.statement = readText(in);
    entry.kept =
        entry.message.length()
            + length(entry.detail)
            + length(entry.context)
            + length(entry.statement);
    entry.part = LineWord.valueOf(in.readUTF());
    entry.length = in.readLong();
    entry.lastLine = in.readLong();
    entry.givenUp = in.readBoolean();
    entry.repeating = in.readBoolean();
    entry.doubted = in.readBoolean();
    entry.interleaved = in.readBoolean();
    entry.contextCut = in.readBoolean();
    entry.messageNumber = in.readLong();
    entry.chunk = in.readLong();
    entry.chunkBytes = in.readInt();
    entry.chunked = in.readBoolean();
    entry.headless = in.readBoolean();
    int waiting = in.readInt();
    for (int i = 0; i < waiting; i++) {
      long number = in.readLong();
      byte[] text = in.readNBytes(in.readInt());
      entry.keepEarly(number, text, 0, text.length);
    }
    return entry;
  }

  private static Head readHead(DataInputStream in) throws IOException {
    LineWord severity = LineWord.valueOf(in.readUTF());
    String language = StateText.read(in);
    String database = StateText.readText(in);
    String user = StateText.readText(in);
    String application = StateText.readText(in);
    String backend = StateText.readText(in);
    String process = StateText.readText(in);
    String session = StateText.readText(in);
    long lineNumber = in.readLong();
    long queryId = in.readLong();
    boolean logged = in.readBoolean();
    Instant at = StateText.readTime(in);
    Instant arrivedAt = StateText.readTime(in);
    return new Head(
        severity,
        language,
        database,
        user,
        application,
        backend,
        process,
        session,
        lineNumber,
        queryId,
        logged ? at : null,
        arrivedAt,
        in.readBoolean(),
        new Place(StateText.readText(in), in.readLong()));
  }

  private static int length(@Nullable ByteText text) {
    return text == null ? 0 : text.length();
  }

  private static void writeText(DataOutputStream out, @Nullable ByteText text) throws IOException {
    out.writeBoolean(text != null);
    if (text != null) {
      text.write(out);
    }
  }

  private static @Nullable ByteText readText(DataInputStream in) throws IOException {
    if (!in.readBoolean()) {
      return null;
    }
    ByteText text = new ByteText();
    text.read(in);
    return text;
  }
}
