package dev.logdex.normalizer.logentry;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logdex.normalizer.envelope.UnwrappedLine;
import dev.logdex.normalizer.event.DeadLetterReason;
import dev.logdex.normalizer.logline.LineWord;
import dev.logdex.normalizer.logline.PrefixDetector;
import dev.logdex.normalizer.logline.PrefixMatch;
import dev.logdex.normalizer.statement.StatementLog;
import dev.logdex.normalizer.text.Place;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Joins the lines of one source to log entries.
 *
 * <p>Plain forms: all lines of a message stand together; a line that begins with a TAB goes on with
 * the line before it; the next line with a level word ends the entry. Chunked forms: the chunks of
 * several processes interleave, each process is a stream of its own, and numbers tell what belongs
 * together.
 *
 * <p>A line that cannot be read is never joined to an entry, and each such line becomes one dead
 * letter, so the letters can be counted. An entry that is given up becomes one dead letter however
 * many lines it has.
 */
final class EntryJoiner {
  /** Takes what is found out. */
  interface Outlet {
    void complete(OpenEntry entry);

    /** A message of this backend will never be told. */
    void lost(String backend);

    void rejected(
        DeadLetterReason reason,
        String detail,
        Place place,
        @Nullable Instant loggedAt,
        String excerpt);

    void ignored();

    /**
     * A message that begins like one that tells names apart; heard before the next line is read.
     */
    void authorized(String message);
  }

  /** More than a dead letter shows, and at most four times its length in bytes. */
  static final int MAX_EXCERPT_BYTES = 256;

  /** PG_SYSLOG_LIMIT (elog.c), less what a daemon may have changed in the bytes. */
  private static final int FORCED_SPLIT_BYTES = 850;

  /** Another process's line inside this one's was written at the same time. */
  private static final Duration INTERLEAVED_WITHIN = Duration.ofSeconds(5);

  /** PIPE_BUF: what is written at once is never torn. */
  private static final int TORN_FROM_BYTES = 4096;

  /** The rest of a message that was torn comes later, and nothing marks it as such. */
  private static final Duration TORN_FOR = Duration.ofMillis(100);

  private static final byte[] AUTHORIZED = "connection authorized:".getBytes(US_ASCII);
  private static final byte[] TRUNCATION_MARK = StatementLog.TRUNCATION_MARK.getBytes(US_ASCII);

  private final LogSettings settings;
  private final PrefixDetector detector;
  private final Outlet outlet;
  private final PrefixMatch match = new PrefixMatch();
  private final PrefixMatch inside = new PrefixMatch();

  /** By stream, the one silent for longest first. */
  private final Map<String, OpenEntry> open = new LinkedHashMap<>();

  private final Set<String> changed = new LinkedHashSet<>();
  private final ChunkMemory chunks;
  private long keptBytes;
  private long order;
  private Instant newest = Instant.MIN;

  /** Until when long entries may hold lines of a message that was torn; by the source's time. */
  private Instant tornUntil = Instant.MIN;

  // the line being read
  private UnwrappedLine line = new UnwrappedLine();
  private byte[] bytes = new byte[0];
  private Instant arrivedAt = Instant.MIN;
  private Place place = new Place("", 0);

  EntryJoiner(LogSettings settings, PrefixDetector detector, Outlet outlet) {
    this.settings = settings;
    this.detector = detector;
    this.outlet = outlet;
    this.chunks = new ChunkMemory(settings.maxPendingBackends());
  }

  /** Reads one line; what it completes is told before this returns. */
  void read(UnwrappedLine unwrapped, Instant arrived, Place linePlace) {
    line = unwrapped;
    bytes = unwrapped.bytes();
    arrivedAt = arrived;
    place = linePlace;
    Instant time = unwrapped.time();
    if (time != null) {
      advance(time);
    }
    boolean first = true;
    int from = unwrapped.from();
    do {
      int to = endOfLine(from, unwrapped.to());
      if (first && unwrapped.wrapping().isChunked()) {
        readChunk(from, to);
      } else {
        readLine(from, to, first);
      }
      first = false;
      from = to + 1;
    } while (from <= unwrapped.to() && from > 0);
    completeQuiet();
  }

  /** Nothing more comes for now. */
  void completeAll() {
    for (String stream : List.copyOf(open.keySet())) {
      complete(stream);
    }
  }

  // ---- plain lines

  private void readLine(int from, int to, boolean ownLine) {
    String stream = line.stream();
    OpenEntry entry = open.get(stream);
    if (from < to && bytes[from] == '\t') {
      continueLine(stream, entry, from + 1, to);
    } else if (matches(from, to) && (ownLine || match.word().isPart())) {
      if (match.word().isPart()) {
        part(stream, entry, to);
      } else {
        head(stream, to);
      }
    } else if (!ownLine && entry != null) {
      // A line end inside an envelope, as the daemon escapes it: no message begins there, or a
      // statement that holds such an escape could forge one.
      text(stream, from, to, true);
    } else {
      unreadable(stream, entry, from, to);
    }
  }

  private void continueLine(String stream, @Nullable OpenEntry entry, int from, int to) {
    if (entry == null) {
      reject(DeadLetterReason.ORPHAN_LINE, "continues a line that was not seen", from, to);
    } else {
      text(stream, from, to, true);
    }
  }

  private void part(String stream, @Nullable OpenEntry entry, int to) {
    if (entry == null || !isOfSameProcess(entry.head())) {
      complete(stream);
      reject(
          DeadLetterReason.ORPHAN_LINE,
          "a " + match.word() + " part whose message was not seen before it",
          match.textFrom(),
          to);
      return;
    }
    entry.beginPart(match.word());
    text(stream, match.textFrom(), to, false);
  }

  private boolean isOfSameProcess(OpenEntry.Head head) {
    return head.process().equals(match.process());
  }

  private void unreadable(String stream, @Nullable OpenEntry entry, int from, int to) {
    if (isBlank(from, to)) {
      outlet.ignored();
      return;
    }
    if (entry != null && isTruncationMark(from, to)) {
      text(stream, from, to, true);
      return;
    }
    boolean tooLong = to - from > settings.maxEntryBytes();
    reject(
        tooLong ? DeadLetterReason.ENTRY_TOO_LONG : DeadLetterReason.NOT_A_LOG_LINE,
        tooLong ? "a line that is no log line and is too long" : "no log line in a known form",
        from,
        to);
    // what continues from here on continues a line that could not be read
    boolean readersLost =
        entry != null && (entry.isInterleaved() || PrefixDetector.looksLikeHead(bytes, from, to));
    if (readersLost) {
      complete(stream);
    }
  }

  /**
   * Adds text to the stream's entry, unless another process's line begins inside it: on a pipe,
   * messages over 4 KiB are not written in one piece.
   */
  private void text(String stream, int from, int to, boolean ownLine) {
    OpenEntry entry = open.get(stream);
    if (entry == null) {
      return;
    }
    int other = line.wrapping().isChunked() ? -1 : detector.matchInside(bytes, from, to, inside);
    if (other < 0 || !isInterleaved(entry.head(), from, other)) {
      append(stream, entry, from, to, ownLine);
      return;
    }
    giveUp(stream, entry, DeadLetterReason.DAMAGED_ENTRY, "another process's line runs through it");
    complete(stream);
    tornUntil = entry.head().at().plus(TORN_FOR);
    if (matches(other, to) && !match.word().isPart()) {
      OpenEntry begun = begin(stream);
      begun.markInterleaved();
      append(stream, begun, match.textFrom(), to, false);
    }
  }

  private boolean isInterleaved(OpenEntry.Head head, int from, int other) {
    byte before = bytes[other - 1];
    if (before == '\'' || before == '"' || isBlank(from, other)) {
      return false; // more likely a log line that the statement itself holds
    }
    Instant time = inside.time(settings.zone());
    return time != null
        && !inside.process().equals(head.process())
        && Duration.between(head.at(), time).abs().compareTo(INTERLEAVED_WITHIN) <= 0;
  }

  // ---- chunks

  private void readChunk(int from, int to) {
    String stream = line.stream();
    OpenEntry entry = open.get(stream);
    if (line.chunk() == UnwrappedLine.NO_NUMBER) {
      readWithoutChunkNumber(stream, entry, from, to);
    } else if (isSentAgain(stream, entry)) {
      outlet.ignored();
    } else if (line.chunk() <= 1) {
      firstChunk(stream, from, to);
    } else if (entry == null || entry.messageNumber() != line.message()) {
      complete(stream);
      open(stream, placeholder(stream));
      lostChunks(stream, from, to);
    } else if (line.chunk() <= entry.chunk()) {
      outlet.ignored(); // sent again
    } else if (line.chunk() > entry.chunk() + 1 && !entry.isGivenUp()) {
      // lost are the ones between, unless this one was early and comes again in its place
      entry.skippedTo(line.chunk());
      touch(stream, entry);
    } else {
      joinChunk(stream, entry, from, to);
    }
  }

  // the chunks of the message that is open are told apart by their own numbers
  private boolean isSentAgain(String stream, @Nullable OpenEntry entry) {
    Instant time = line.time();
    if (time == null) {
      return false;
    }
    boolean ofOpen = line.chunk() > 1 && entry != null && entry.messageNumber() == line.message();
    if (!ofOpen && chunks.isAgain(stream, line.message(), time)) {
      return true;
    }
    if (line.chunk() <= 1) {
      chunks.begin(stream, line.message(), time, newest);
    } else {
      chunks.goOn(stream, time);
    }
    return false;
  }

  private void firstChunk(String stream, int from, int to) {
    if (matches(from, to) && !match.word().isPart()) {
      head(stream, to);
    } else {
      complete(stream);
      reject(DeadLetterReason.NOT_A_LOG_LINE, "no log line in a known form", from, to);
      open(stream, placeholder(stream)).giveUp();
    }
    countChunk(stream, from, to);
  }

  // with syslog_sequence_numbers off the only number is the chunk's; with syslog_split_messages off
  // it is the message's, which then is whole; with both off there is none
  private void readWithoutChunkNumber(String stream, @Nullable OpenEntry entry, int from, int to) {
    boolean matched = matches(from, to);
    if (matched && !match.word().isPart()) {
      head(stream, to);
      countChunk(stream, from, to);
      return;
    }
    long number = line.message();
    boolean numbered = number != UnwrappedLine.NO_NUMBER;
    boolean continuation = from < to && bytes[from] == '\t';
    boolean unknownHead =
        !matched && !continuation && PrefixDetector.looksLikeHead(bytes, from, to);
    if (entry == null || unknownHead) {
      boolean continues = matched || continuation;
      complete(stream);
      reject(
          continues ? DeadLetterReason.ORPHAN_LINE : DeadLetterReason.NOT_A_LOG_LINE,
          continues ? "continues a line that was not seen" : "no log line in a known form",
          from,
          to);
    } else if (numbered && number > entry.chunk() + 1) {
      lostChunks(stream, from, to);
    } else if (numbered && number <= entry.chunk()) {
      outlet.ignored();
    } else {
      joinChunk(stream, entry, from, to);
    }
  }

  /**
   * The server cuts at line ends and drops them, or at 900 bytes and drops nothing. A part begins
   * with the prefix, a line with the TAB that the server put there. Other text goes on where the
   * chunk before it was cut, unless that chunk was too short to have been cut: then a pipeline
   * replaced the TAB by blanks.
   */
  private void joinChunk(String stream, OpenEntry entry, int from, int to) {
    if (from < to && bytes[from] == '\t') {
      append(stream, entry, from + 1, to, true);
    } else if (matches(from, to) && match.word().isPart()) {
      entry.beginPart(match.word());
      append(stream, entry, match.textFrom(), to, false);
    } else {
      boolean cut = entry.chunkBytes() + firstWordBytes(from, to) >= FORCED_SPLIT_BYTES;
      append(stream, entry, from, to, !cut);
    }
    countChunk(stream, from, to);
  }

  private int firstWordBytes(int from, int to) {
    int at = from;
    while (at < to && bytes[at] == ' ') {
      at++;
    }
    while (at < to && bytes[at] != ' ' && bytes[at] != '\t') {
      at++;
    }
    return at - from;
  }

  private void lostChunks(String stream, int from, int to) {
    OpenEntry entry = open.get(stream);
    if (entry != null && !entry.isGivenUp()) {
      if (entry.keptBytes() == 0) {
        entry.append(bytes, from, Math.min(to, from + MAX_EXCERPT_BYTES));
      }
      giveUp(stream, entry, DeadLetterReason.DAMAGED_ENTRY, "lines of it are missing");
    }
    countChunk(stream, from, to);
  }

  private void countChunk(String stream, int from, int to) {
    OpenEntry entry = open.get(stream);
    if (entry != null) {
      boolean numbered = line.chunk() != UnwrappedLine.NO_NUMBER;
      entry.chunk(
          numbered ? line.message() : UnwrappedLine.NO_NUMBER,
          numbered ? line.chunk() : line.message(),
          to - from);
      touch(stream, entry);
    }
  }

  // ---- entries

  private boolean matches(int from, int to) {
    return detector.match(bytes, from, to, line.isPostgres(), match);
  }

  /** Begins an entry with the line that {@link #match} holds. */
  private void head(String stream, int to) {
    int from = match.textFrom();
    begin(stream);
    if (startsWith(from, to, AUTHORIZED)) {
      outlet.authorized(new String(bytes, from, to - from, UTF_8));
    }
    text(stream, from, to, false);
  }

  /** Ends the stream's entry and begins another with what {@link #match} holds. */
  private OpenEntry begin(String stream) {
    complete(stream);
    Instant logged = match.time(settings.zone());
    Instant time = logged != null ? logged : line.time();
    if (time != null) {
      advance(time);
    }
    String process = match.process();
    String backend =
        line.wrapping().isChunked()
            ? stream
            : stream.isEmpty() ? processOrSession() : stream + " " + processOrSession();
    return open(
        stream,
        new OpenEntry(
            new OpenEntry.Head(
                match.word(),
                match.language(),
                match.hasDatabase() ? known(match.database()) : line.attachment(),
                known(match.user()),
                backend,
                process,
                match.session(),
                match.lineNumber(),
                time,
                arrivedAt,
                logged == null && match.isTimed(),
                place)));
  }

  private String processOrSession() {
    return match.process().isEmpty() ? match.session() : match.process();
  }

  private static String known(String name) {
    return name.equals("[unknown]") ? "" : name;
  }

  /** Stands for an entry whose beginning could not be read. */
  private OpenEntry placeholder(String stream) {
    return new OpenEntry(
        new OpenEntry.Head(
            LineWord.LOG, null, "", "", stream, "", "", -1, line.time(), arrivedAt, false, place));
  }

  private OpenEntry open(String stream, OpenEntry entry) {
    touch(stream, entry);
    while (open.size() > settings.maxPendingBackends()) {
      complete(open.keySet().iterator().next());
    }
    return entry;
  }

  private void append(String stream, OpenEntry entry, int from, int to, boolean ownLine) {
    int kept = entry.keptBytes();
    if (ownLine) {
      entry.appendLine(bytes, from, to);
    } else {
      entry.append(bytes, from, to);
    }
    keptBytes += entry.keptBytes() - kept;
    touch(stream, entry);
    if (entry.length() > settings.maxEntryBytes() && !entry.isGivenUp()) {
      giveUp(
          stream,
          entry,
          DeadLetterReason.ENTRY_TOO_LONG,
          "longer than " + settings.maxEntryBytes() + " bytes");
    }
    while (keptBytes > settings.maxPendingBytes() && open.size() > 1) {
      complete(open.keySet().iterator().next());
    }
  }

  private void giveUp(String stream, OpenEntry entry, DeadLetterReason reason, String detail) {
    keptBytes -= entry.keptBytes();
    String excerpt = entry.excerpt(MAX_EXCERPT_BYTES);
    entry.giveUp();
    changed.add(stream);
    outlet.rejected(reason, detail, entry.head().place(), entry.head().loggedAt(), excerpt);
    outlet.lost(entry.head().backend());
  }

  private void touch(String stream, OpenEntry entry) {
    open.remove(stream);
    open.put(stream, entry);
    entry.touch(order++, newest);
    changed.add(stream);
  }

  private void complete(String stream) {
    OpenEntry entry = open.remove(stream);
    if (entry != null) {
      changed.add(stream);
      if (entry.isIncomplete() && !entry.isGivenUp()) {
        giveUp(stream, entry, DeadLetterReason.DAMAGED_ENTRY, "lines of it are missing");
      } else if (mayHoldTornLines(entry)) {
        String detail = "lines of another process may be among its own";
        giveUp(stream, entry, DeadLetterReason.DAMAGED_ENTRY, detail);
      }
      keptBytes -= entry.keptBytes();
      if (!entry.isGivenUp()) {
        outlet.complete(entry);
      }
    }
  }

  private boolean mayHoldTornLines(OpenEntry entry) {
    return entry.length() > TORN_FROM_BYTES
        && !entry.isGivenUp()
        && !entry.isChunked()
        && !entry.head().at().isAfter(tornUntil);
  }

  private void advance(Instant time) {
    if (time.isAfter(newest)) {
      newest = time;
    }
  }

  private void completeQuiet() {
    while (!open.isEmpty()) {
      Map.Entry<String, OpenEntry> eldest = open.entrySet().iterator().next();
      if (!eldest.getValue().seen().plus(settings.quietTime()).isBefore(newest)) {
        return;
      }
      complete(eldest.getKey());
    }
  }

  private void reject(DeadLetterReason reason, String detail, int from, int to) {
    int end = Math.min(to, from + MAX_EXCERPT_BYTES);
    outlet.rejected(reason, detail, place, line.time(), new String(bytes, from, end - from, UTF_8));
  }

  // ---- bytes

  private int endOfLine(int from, int limit) {
    int at = from;
    while (at < limit && bytes[at] != '\n') {
      at++;
    }
    return at;
  }

  private boolean isBlank(int from, int to) {
    for (int at = from; at < to; at++) {
      if (bytes[at] != ' ' && bytes[at] != '\t' && bytes[at] != '\r') {
        return false;
      }
    }
    return true;
  }

  private boolean isTruncationMark(int from, int to) {
    return startsWith(from, to, TRUNCATION_MARK) && isBlank(from + TRUNCATION_MARK.length, to);
  }

  private boolean startsWith(int from, int to, byte[] expected) {
    int end = from + expected.length;
    return end <= to && Arrays.equals(bytes, from, end, expected, 0, expected.length);
  }

  // ---- state

  long order() {
    return order;
  }

  Instant newest() {
    return newest;
  }

  Instant tornUntil() {
    return tornUntil;
  }

  @Nullable OpenEntry entry(String stream) {
    return open.get(stream);
  }

  /** The streams whose entry changed since the last call. */
  Collection<String> drainChanged() {
    List<String> streams = List.copyOf(changed);
    changed.clear();
    return streams;
  }

  ChunkMemory chunks() {
    return chunks;
  }

  void restore(
      long orderReached,
      Instant newestSeen,
      Instant tornUntilTime,
      Map<String, OpenEntry> entries) {
    order = orderReached;
    newest = newestSeen;
    tornUntil = tornUntilTime;
    entries.entrySet().stream()
        .sorted((a, b) -> Long.compare(a.getValue().order(), b.getValue().order()))
        .forEach(
            entry -> {
              open.put(entry.getKey(), entry.getValue());
              keptBytes += entry.getValue().keptBytes();
            });
  }
}
