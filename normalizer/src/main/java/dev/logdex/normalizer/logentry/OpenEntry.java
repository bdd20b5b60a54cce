package dev.logdex.normalizer.logentry;

import dev.logdex.normalizer.logline.LineWord;
import dev.logdex.normalizer.statement.LogEntry;
import dev.logdex.normalizer.statement.StateText;
import dev.logdex.normalizer.text.Place;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A log entry whose lines are still coming in, within one stream of lines. */
final class OpenEntry {
  /** Who wrote the entry and when; everything that its first line tells. */
  record Head(
      LineWord severity,
      @Nullable String language,
      String database,
      String user,
      String backend,
      String process,
      String session,
      long lineNumber,
      @Nullable Instant loggedAt,
      Instant arrivedAt,
      boolean zoneUnknown,
      Place place) {
    Instant at() {
      return loggedAt == null ? arrivedAt : loggedAt;
    }
  }

  private final Head head;
  private final ByteText message = new ByteText();
  private @Nullable ByteText detail;
  private @Nullable ByteText statement;
  private LineWord part;
  private int length;

  /** The entry was given up, and a dead letter told; its remaining lines are swallowed. */
  private boolean givenUp;

  /** The entry began in the middle of another one's line. */
  private boolean interleaved;

  private long messageNumber;
  private long chunk;
  private long farthestChunk;
  private int chunkBytes;
  private boolean chunked;
  private long order;
  private Instant seen = Instant.MIN;

  OpenEntry(Head head) {
    this.head = head;
    this.part = head.severity();
  }

  Head head() {
    return head;
  }

  /** Begins a further part of the message. */
  void beginPart(LineWord word) {
    part = word;
    ByteText text = text();
    if (text != null && text.length() > 0) {
      text.append('\n');
    }
  }

  /** Adds to the current part. Parts that nobody reads are counted but not kept. */
  void append(byte[] line, int from, int to) {
    length += to - from;
    ByteText text = givenUp ? null : text();
    if (text != null) {
      text.append(line, from, to);
    }
  }

  void appendLine(byte[] line, int from, int to) {
    ByteText text = givenUp ? null : text();
    if (text != null) {
      text.append('\n');
    }
    length++;
    append(line, from, to);
  }

  private @Nullable ByteText text() {
    if (part == LineWord.DETAIL) {
      detail = detail == null ? new ByteText() : detail;
      return detail;
    }
    if (part == LineWord.STATEMENT) {
      statement = statement == null ? new ByteText() : statement;
      return statement;
    }
    return part.isPart() ? null : message;
  }

  /** Drops the text; what still comes of the entry is swallowed. */
  void giveUp() {
    givenUp = true;
    message.clear();
    detail = null;
    statement = null;
  }

  boolean isGivenUp() {
    return givenUp;
  }

  int length() {
    return length;
  }

  /** Bytes of text kept. */
  int keptBytes() {
    return message.length()
        + (detail == null ? 0 : detail.length())
        + (statement == null ? 0 : statement.length());
  }

  /** The beginning of the message; a character that the bound cuts is replaced. */
  String excerpt(int maxBytes) {
    return message.toString(maxBytes);
  }

  void markInterleaved() {
    interleaved = true;
  }

  boolean isInterleaved() {
    return interleaved;
  }

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
    return chunked;
  }

  /** A chunk has come that is not the next one; it is not kept. */
  void skippedTo(long chunkNumber) {
    farthestChunk = Math.max(farthestChunk, chunkNumber);
  }

  /** Whether chunks before one that has come never came. */
  boolean isIncomplete() {
    return farthestChunk > Math.max(chunk, 0); // below zero: it came unnumbered
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

  void touch(long orderInSource, Instant sourceTime) {
    order = orderInSource;
    seen = sourceTime;
  }

  long order() {
    return order;
  }

  Instant seen() {
    return seen;
  }

  LogEntry toEntry() {
    return new LogEntry(
        head.severity(),
        head.language(),
        head.database(),
        head.user(),
        "",
        head.backend(),
        head.session(),
        head.lineNumber(),
        0,
        head.loggedAt(),
        head.at(),
        message.toUtf8(),
        detail == null ? null : detail.toUtf8(),
        null,
        statement == null ? null : statement.toUtf8(),
        head.place());
  }

  void write(DataOutputStream out) throws IOException {
    out.writeUTF(head.severity().name());
    StateText.write(out, head.language());
    StateText.write(out, head.database());
    StateText.write(out, head.user());
    StateText.write(out, head.backend());
    StateText.write(out, head.process());
    StateText.write(out, head.session());
    out.writeLong(head.lineNumber());
    out.writeBoolean(head.loggedAt() != null);
    StateText.write(out, head.at());
    StateText.write(out, head.arrivedAt());
    out.writeBoolean(head.zoneUnknown());
    StateText.write(out, head.place().record());
    out.writeLong(head.place().line());
    message.write(out);
    writeText(out, detail);
    writeText(out, statement);
    out.writeUTF(part.name());
    out.writeInt(length);
    out.writeBoolean(givenUp);
    out.writeBoolean(interleaved);
    out.writeLong(messageNumber);
    out.writeLong(chunk);
    out.writeLong(farthestChunk);
    out.writeInt(chunkBytes);
    out.writeBoolean(chunked);
    out.writeLong(order);
    StateText.write(out, seen);
  }

  static OpenEntry read(DataInputStream in) throws IOException {
    OpenEntry entry = new OpenEntry(readHead(in));
    entry.message.read(in);
    entry.detail = readText(in);
    entry.statement = readText(in);
    entry.part = LineWord.valueOf(in.readUTF());
    entry.length = in.readInt();
    entry.givenUp = in.readBoolean();
    entry.interleaved = in.readBoolean();
    entry.messageNumber = in.readLong();
    entry.chunk = in.readLong();
    entry.farthestChunk = in.readLong();
    entry.chunkBytes = in.readInt();
    entry.chunked = in.readBoolean();
    entry.order = in.readLong();
    entry.seen = StateText.readTime(in);
    return entry;
  }

  private static Head readHead(DataInputStream in) throws IOException {
    LineWord severity = LineWord.valueOf(in.readUTF());
    String language = StateText.read(in);
    String database = StateText.readText(in);
    String user = StateText.readText(in);
    String backend = StateText.readText(in);
    String process = StateText.readText(in);
    String session = StateText.readText(in);
    long lineNumber = in.readLong();
    boolean logged = in.readBoolean();
    Instant at = StateText.readTime(in);
    Instant arrivedAt = StateText.readTime(in);
    return new Head(
        severity,
        language,
        database,
        user,
        backend,
        process,
        session,
        lineNumber,
        logged ? at : null,
        arrivedAt,
        in.readBoolean(),
        new Place(StateText.readText(in), in.readLong()));
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
