package dev.logdex.normalizer.logentry;

import dev.logdex.normalizer.envelope.UnwrappedLine;
import dev.logdex.normalizer.event.DeadLetterReason;
import dev.logdex.normalizer.logline.PrefixDetector;
import dev.logdex.normalizer.logline.PrefixMatch;
import dev.logdex.normalizer.text.ByteSearch;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Joins the forms in which a message comes in chunks that name their process: {@code [N-M]} for
 * chunk M of the process's message N. The latest few messages of each process stay open, and chunks
 * that come early wait for those before them, so that shippers may change the order a little.
 */
final class ChunkJoiner {
  /** Messages of one process that stay open for late chunks. */
  static final int OPEN_MESSAGES = 4;

  /** Chunks of a message that may come before a missing one. */
  static final int MAX_EARLY_CHUNKS = 256;

  /** PG_SYSLOG_LIMIT (elog.c), less what a daemon may have changed in the bytes. */
  private static final int FORCED_SPLIT_BYTES = 850;

  private final CurrentLine current;
  private final OpenEntries open;
  private final ChunkMemory chunks;
  private final EntryJoiner.Outlet outlet;
  private UnwrappedLine line;

  ChunkJoiner(
      CurrentLine current, OpenEntries open, ChunkMemory chunks, EntryJoiner.Outlet outlet) {
    this.current = current;
    this.open = open;
    this.chunks = chunks;
    this.outlet = outlet;
    this.line = current.envelope();
  }

  /** Reads what {@code current} holds; it may have further lines in it, as the daemon escapes. */
  void read() {
    line = current.envelope();
    OpenStream stream = open.stream(line.stream());
    if (line.chunk() == UnwrappedLine.NO_NUMBER) {
      readWithoutChunkNumber(stream, line.from(), line.to());
      return;
    }
    OpenEntry entry = stream == null ? null : stream.numbered(line.message());
    if (isSentAgain(entry)) {
      outlet.ignored(Ignored.REPEATED);
    } else if (line.chunk() <= 1) {
      first(line.from(), line.to());
    } else {
      further(entry, line.from(), line.to());
    }
  }

  // the chunks of a message that is open are told apart by their own numbers
  private boolean isSentAgain(@Nullable OpenEntry entry) {
    Instant time = line.time();
    if (time == null) {
      return false;
    }
    String name = line.stream();
    if (line.chunk() > 1) {
      if (entry == null && chunks.isAgain(name, line.message(), time)) {
        return true;
      }
      chunks.goOn(name, time);
      return false;
    }
    if (chunks.isAgain(name, line.message(), time)) {
      return true;
    }
    long before = chunks.begin(name, line.message(), time, open.newest());
    OpenStream stream = open.stream(name);
    if (before == ChunkMemory.NEW_PROCESS) {
      open.complete(stream);
    } else if (before > 0 && stream == null) {
      // while a stream is open they may come yet; it counts those that did not
      outlet.missing(name, before);
    }
    return false;
  }

  private void first(int from, int to) {
    String name = line.stream();
    OpenStream stream = open.stream(name);
    OpenEntry before = stream == null ? null : stream.numbered(line.message());
    if (stream != null && before != null && !before.isHeadless()) {
      open.complete(stream); // without times nothing else tells a later process from this one
      before = null;
    }
    int end = endOfLine(from, to);
    OpenEntry entry;
    if (current.matches(from, end) && !current.match().word().isPart()) {
      entry = entry(name);
      entry.chunk(line.message(), line.chunk(), end - from);
    } else {
      current.reject(
          outlet, DeadLetterReason.NOT_A_LOG_LINE, "no log line in a known form", from, end);
      entry = new OpenEntry(current.noHead(name));
      entry.chunk(line.message(), line.chunk(), end - from);
      entry.giveUp();
    }
    int textFrom = entry.isGivenUp() ? end : current.match().textFrom();
    if (stream != null && before != null) {
      open.drop(stream, before);
      entry.takeEarlyOf(before);
      if (entry.isGivenUp()) {
        entry.giveUp();
      }
    }
    OpenStream now = open.add(name, entry);
    if (!entry.isGivenUp()) {
      append(now, entry, textFrom, end, false);
    }
    rest(now, entry, end + 1, to);
    joinEarly(now, entry);
    while (now.entries().size() > OPEN_MESSAGES) {
      open.completeFirst(now);
    }
  }

  private OpenEntry entry(String backend) {
    OpenEntry.Head head = current.head(backend);
    open.advance(head);
    return new OpenEntry(head);
  }

  private void further(@Nullable OpenEntry known, int from, int to) {
    String name = line.stream();
    OpenStream stream = open.stream(name);
    OpenEntry entry = known;
    if (entry == null || stream == null) {
      entry = OpenEntry.headless(current.noHead(name), line.message());
      stream = open.add(name, entry);
    }
    if (entry.isGivenUp()) {
      outlet.ignored(Ignored.AFTER_GIVE_UP);
      open.use(stream);
    } else if (!entry.isHeadless() && line.chunk() <= entry.chunk()) {
      outlet.ignored(Ignored.REPEATED);
    } else if (!entry.isHeadless() && line.chunk() == entry.chunk() + 1) {
      join(stream, entry, line.chunk(), from, to);
      joinEarly(stream, entry);
    } else if (!open.keepEarly(stream, entry, line.chunk(), current.bytes(), from, to)) {
      outlet.ignored(Ignored.REPEATED);
    } else if (entry.earlyChunks() > MAX_EARLY_CHUNKS) {
      outlet.cut(Cut.TOO_MANY_EARLY_CHUNKS);
      open.giveUp(entry, DeadLetterReason.DAMAGED_ENTRY, "lines of it are missing");
    }
    while (stream.entries().size() > OPEN_MESSAGES) {
      open.completeFirst(stream);
    }
  }

  private void joinEarly(OpenStream stream, OpenEntry entry) {
    for (byte[] early = open.takeEarly(entry); early != null; early = open.takeEarly(entry)) {
      current.bytes(early);
      join(stream, entry, entry.chunk() + 1, 0, early.length);
    }
  }

  private void join(OpenStream stream, OpenEntry entry, long chunk, int from, int to) {
    int end = endOfLine(from, to);
    joinChunk(stream, entry, from, end);
    entry.chunk(entry.messageNumber(), chunk, end - from);
    rest(stream, entry, end + 1, to);
  }

  // with syslog_sequence_numbers off the only number is the chunk's; with syslog_split_messages off
  // it is the message's, which then is whole; with both off there is none
  private void readWithoutChunkNumber(@Nullable OpenStream stream, int from, int to) {
    String name = line.stream();
    int end = endOfLine(from, to);
    boolean matched = current.matches(from, end);
    if (matched && !current.match().word().isPart()) {
      OpenEntry entry = entry(name);
      entry.chunk(UnwrappedLine.NO_NUMBER, line.message(), end - from);
      int textFrom = current.match().textFrom();
      OpenStream now = open.replace(name, entry);
      append(now, entry, textFrom, end, false);
      rest(now, entry, end + 1, to);
      return;
    }
    OpenEntry entry = stream == null ? null : stream.last();
    long number = line.message();
    boolean numbered = number != UnwrappedLine.NO_NUMBER;
    boolean continuation = from < end && current.bytes()[from] == '\t';
    boolean unknownHead =
        !matched && !continuation && PrefixDetector.looksLikeHead(current.bytes(), from, end);
    if (stream == null || entry == null || unknownHead) {
      boolean continues = matched || continuation;
      open.complete(stream);
      current.reject(
          outlet,
          continues ? DeadLetterReason.ORPHAN_LINE : DeadLetterReason.NOT_A_LOG_LINE,
          continues ? "continues a line that was not seen" : "no log line in a known form",
          from,
          end);
    } else if (numbered && number <= entry.chunk()) {
      outlet.ignored(Ignored.REPEATED);
    } else if (entry.isGivenUp()) {
      outlet.ignored(Ignored.AFTER_GIVE_UP);
      entry.chunk(UnwrappedLine.NO_NUMBER, number, end - from);
      open.use(stream);
    } else if (numbered && number > entry.chunk() + 1) {
      open.giveUp(entry, DeadLetterReason.DAMAGED_ENTRY, "lines of it are missing");
      entry.chunk(UnwrappedLine.NO_NUMBER, number, end - from);
      open.use(stream);
    } else {
      joinChunk(stream, entry, from, end);
      entry.chunk(UnwrappedLine.NO_NUMBER, number, end - from);
      rest(stream, entry, end + 1, to);
    }
  }

  /**
   * The server cuts at line ends and drops them, or at 900 bytes and drops nothing. A part begins
   * with the prefix, a line with the TAB that the server put there. Other text goes on where the
   * chunk before it was cut, unless that chunk was too short to have been cut: then a pipeline
   * replaced the TAB by blanks.
   */
  private void joinChunk(OpenStream stream, OpenEntry entry, int from, int to) {
    if (from < to && current.bytes()[from] == '\t') {
      append(stream, entry, from + 1, to, true);
    } else if (current.matches(from, to) && current.match().word().isPart()) {
      part(stream, entry, to);
    } else {
      boolean cut = entry.chunkBytes() + firstWordBytes(from, to) >= FORCED_SPLIT_BYTES;
      append(stream, entry, from, to, !cut);
    }
  }

  /** Further lines of one chunk, with their line ends as the daemon escaped them. */
  private void rest(OpenStream stream, OpenEntry entry, int from, int to) {
    int start = from;
    while (start <= to) {
      int end = endOfLine(start, to);
      if (entry.isGivenUp()) {
        return;
      } else if (start < end && current.bytes()[start] == '\t') {
        append(stream, entry, start + 1, end, true);
      } else if (current.matches(start, end) && current.match().word().isPart()) {
        part(stream, entry, end);
      } else {
        // no message begins here, or a statement that holds such an escape could forge one
        append(stream, entry, start, end, true);
      }
      start = end + 1;
    }
  }

  private void part(OpenStream stream, OpenEntry entry, int to) {
    PrefixMatch match = current.match();
    if (!OpenEntry.isKept(match.word())) {
      outlet.cut(Cut.UNREAD_PART);
    }
    open.beginPart(entry, match.word(), match.lineNumber());
    append(stream, entry, match.textFrom(), to, false);
  }

  private void append(OpenStream stream, OpenEntry entry, int from, int to, boolean ownLine) {
    open.append(stream, entry, current.bytes(), from, to, ownLine, current.stays());
  }

  private int firstWordBytes(int from, int to) {
    byte[] bytes = current.bytes();
    int at = from;
    while (at < to && bytes[at] == ' ') {
      at++;
    }
    while (at < to && bytes[at] != ' ' && bytes[at] != '\t') {
      at++;
    }
    return at - from;
  }

  private int endOfLine(int from, int limit) {
    return ByteSearch.find(current.bytes(), from, limit, (byte) '\n');
  }
}
