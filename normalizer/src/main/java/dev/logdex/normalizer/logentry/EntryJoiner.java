package dev.logdex.normalizer.logentry;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.logdex.normalizer.envelope.UnwrappedLine;
import dev.logdex.normalizer.event.DeadLetterReason;
import dev.logdex.normalizer.logline.PrefixDetector;
import dev.logdex.normalizer.logline.PrefixMatch;
import dev.logdex.normalizer.statement.StatementLog;
import dev.logdex.normalizer.text.ByteSearch;
import dev.logdex.normalizer.text.Place;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Joins the lines of one source to log entries.
 *
 * <p>Plain forms: all lines of a message stand together; a line that begins with a TAB goes on with
 * the line before it; the next line with a level word ends the entry. Chunked forms: see {@link
 * ChunkJoiner}.
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

    void ignored(Ignored why);

    void cut(Cut what);

    /** A process's own count says that so many lines or messages of it never came. */
    void missing(String backend, long count);

    /**
     * A message that begins like one that tells names apart; heard before the next line is read.
     */
    void authorized(String message);
  }

  /** Another process's line inside this one's was written at the same time. */
  private static final Duration INTERLEAVED_WITHIN = Duration.ofSeconds(5);

  private static final byte[] AUTHORIZED = "connection authorized:".getBytes(US_ASCII);
  private static final byte[] TRUNCATION_MARK = StatementLog.TRUNCATION_MARK.getBytes(US_ASCII);

  private final LogSettings settings;
  private final PrefixDetector detector;
  private final Outlet outlet;
  private final CurrentLine current;
  private final OpenEntries open;
  private final ChunkMemory chunks;
  private final SessionLines sessions;
  private final ChunkJoiner chunked;
  private final PrefixMatch match;
  private final PrefixMatch inside = new PrefixMatch();

  EntryJoiner(LogSettings settings, PrefixDetector detector, Outlet outlet) {
    this.settings = settings;
    this.detector = detector;
    this.outlet = outlet;
    this.current = new CurrentLine(settings, detector);
    this.match = current.match();
    this.open = new OpenEntries(settings, outlet);
    this.chunks = new ChunkMemory(settings.maxPendingBackends());
    this.sessions = new SessionLines(settings.maxPendingBackends());
    this.chunked = new ChunkJoiner(current, open, chunks, outlet);
  }

  /**
   * Reads one line; what it completes is told before this returns.
   *
   * @param holds the record's array, which stays as it is until {@link #endOfRecord}
   * @param oneLine whether the text is known to hold no line end
   * @param place what places begin with
   */
  void read(
      UnwrappedLine unwrapped,
      byte[] holds,
      boolean oneLine,
      Instant arrivedAt,
      String place,
      long lineNumber) {
    current.begin(unwrapped, holds, arrivedAt, place, lineNumber);
    Instant time = unwrapped.time();
    if (time != null) {
      open.advance(time);
    }
    if (unwrapped.wrapping().isChunked()) {
      chunked.read();
    } else if (oneLine) {
      readLine(unwrapped.from(), unwrapped.to(), true);
    } else {
      readLines(unwrapped.from(), unwrapped.to());
    }
    open.completeQuiet();
  }

  /** Nothing may be kept of the record that was being read. */
  void endOfRecord() {
    open.detach();
  }

  /** Nothing more comes for now. */
  void completeAll() {
    open.completeAll();
  }

  /** What the stream has open is complete. */
  void complete(String stream) {
    open.complete(open.stream(stream));
  }

  /** A zone's abbreviation with several meanings that times had; null when there was none. */
  @Nullable String ambiguousZone() {
    return match.ambiguousZone();
  }

  /** Reading the line has failed: what its stream has open is given up. */
  void abandon() {
    open.abandon(current.envelope().stream());
  }

  // ---- plain lines

  private void readLines(int from, int to) {
    int start = from;
    boolean ownLine = true;
    do {
      int end = ByteSearch.find(current.bytes(), start, to, (byte) '\n');
      readLine(start, end, ownLine);
      ownLine = false;
      start = end + 1;
    } while (start <= to);
  }

  private void readLine(int from, int to, boolean ownLine) {
    OpenStream stream = open.stream(current.envelope().stream());
    OpenEntry entry = stream == null ? null : stream.last();
    if (from < to && current.bytes()[from] == '\t') {
      continueLine(stream, entry, from + 1, to);
    } else if (current.matches(from, to) && (ownLine || match.word().isPart())) {
      if (match.word().isPart()) {
        part(stream, entry, to);
      } else {
        head(stream, entry, to);
      }
    } else if (!ownLine && stream != null && entry != null) {
      // A line end inside an envelope, as the daemon escapes it: no message begins there, or a
      // statement that holds such an escape could forge one.
      text(stream, entry, from, to, true);
    } else {
      unreadable(stream, entry, from, to);
    }
  }

  private void continueLine(
      @Nullable OpenStream stream, @Nullable OpenEntry entry, int from, int to) {
    if (stream == null || entry == null) {
      current.reject(
          outlet, DeadLetterReason.ORPHAN_LINE, "continues a line that was not seen", from, to);
    } else if (entry.isRepeating()) {
      entry.doubt();
      open.use(stream);
      outlet.ignored(Ignored.REPEATED);
    } else {
      text(stream, entry, from, to, true);
    }
  }

  /** Begins an entry with the line that {@link #match} holds. */
  private void head(@Nullable OpenStream stream, @Nullable OpenEntry entry, int to) {
    String backend = backend();
    long line = match.lineNumber();
    if (line >= 0) {
      String session = match.session();
      if (!sessions.isAgain(backend, session, line)) {
        missing(stream, backend, sessions.next(backend, session, line));
      } else if (stream != null && entry != null && beganWith(entry, session, line)) {
        // sent again from its beginning, so all of it comes again
        open.drop(stream, entry);
        outlet.ignored(Ignored.REPEATED);
      } else {
        repeated(stream, entry);
        return;
      }
    }
    begin(backend, to);
  }

  private static boolean beganWith(OpenEntry entry, String session, long line) {
    return entry.head().lineNumber() == line && entry.head().session().equals(session);
  }

  private void begin(String backend, int to) {
    int from = match.textFrom();
    OpenEntry begun = entry(backend);
    OpenStream stream = open.replace(current.envelope().stream(), begun);
    if (current.startsWith(from, to, AUTHORIZED)) {
      outlet.authorized(current.text(from, to));
    }
    text(stream, begun, from, to, false);
  }

  private OpenEntry entry(String backend) {
    OpenEntry.Head head = current.head(backend);
    open.advance(head);
    return new OpenEntry(head);
  }

  private String backend() {
    String name = current.envelope().stream();
    String process = match.process();
    String own = process.isEmpty() ? match.session() : process;
    return name.isEmpty() ? own : name + " " + own;
  }

  private void missing(@Nullable OpenStream stream, String backend, long lines) {
    if (lines > 0) {
      open.complete(stream);
      outlet.missing(backend, lines);
    }
  }

  /** A line that was read before: it, and what continues it, is passed over. */
  private void repeated(@Nullable OpenStream stream, @Nullable OpenEntry entry) {
    outlet.ignored(Ignored.REPEATED);
    if (stream == null || entry == null) {
      String name = current.envelope().stream();
      OpenEntry nothing = new OpenEntry(current.noHead(name));
      nothing.giveUp();
      nothing.repeat();
      open.add(name, nothing);
    } else {
      entry.repeat();
      open.use(stream);
    }
  }

  private void part(@Nullable OpenStream stream, @Nullable OpenEntry entry, int to) {
    int from = match.textFrom();
    long line = match.lineNumber();
    if (stream != null && entry != null && isPartOf(entry)) {
      if (line >= 0) {
        sessions.next(backend(), match.session(), line);
      }
      if (!OpenEntry.isKept(match.word())) {
        outlet.cut(Cut.UNREAD_PART);
      }
      open.beginPart(entry, match.word(), line);
      text(stream, entry, from, to, false);
      return;
    }
    if (line >= 0) {
      String backend = backend();
      if (sessions.isAgain(backend, match.session(), line)) {
        repeated(stream, entry);
        return;
      }
      missing(stream, backend, sessions.next(backend, match.session(), line));
    }
    open.complete(stream);
    current.reject(
        outlet,
        DeadLetterReason.ORPHAN_LINE,
        "a " + match.word() + " part whose message was not seen before it",
        from,
        to);
  }

  /** Parts follow their message at once: same process, same time, next line. */
  private boolean isPartOf(OpenEntry entry) {
    OpenEntry.Head head = entry.head();
    if (!head.process().equals(match.process())) {
      return false;
    }
    String session = match.session();
    if (!session.isEmpty() && !head.session().isEmpty() && !session.equals(head.session())) {
      return false;
    }
    long line = match.lineNumber();
    if (line >= 0 && entry.lastLine() >= 0 && line != entry.lastLine() + 1) {
      return false;
    }
    Instant time = match.time(settings.zone());
    Instant begun = head.loggedAt();
    return time == null || begun == null || time.equals(begun) || isNextSecond(time, begun);
  }

  // %t asks the clock for each part, %m once for all
  private static boolean isNextSecond(Instant time, Instant begun) {
    return time.getNano() == 0
        && begun.getNano() == 0
        && time.getEpochSecond() - begun.getEpochSecond() == 1;
  }

  /** Told once, with what to do; the further lines are counted. */
  private void unknownLanguage(@Nullable OpenStream stream, int from, int to) {
    open.complete(stream);
    if (detector.unknownWords() > 1) {
      outlet.ignored(Ignored.UNKNOWN_LANGUAGE);
      return;
    }
    current.reject(
        outlet,
        DeadLetterReason.UNSUPPORTED_LANGUAGE,
        "the level '"
            + detector.unknownWord()
            + "' is in no known language; set lc_messages = 'C' (told once per source)",
        from,
        to);
  }

  private void unreadable(
      @Nullable OpenStream stream, @Nullable OpenEntry entry, int from, int to) {
    if (current.isBlank(from, to)) {
      outlet.ignored(Ignored.BLANK);
      return;
    }
    if (stream != null && entry != null && isTruncationMark(from, to)) {
      text(stream, entry, from, to, true);
      return;
    }
    if (detector.lastWasUnknownWord()) {
      unknownLanguage(stream, from, to);
      return;
    }
    boolean tooLong = to - from > settings.maxEntryBytes();
    if (tooLong) {
      outlet.cut(Cut.ENTRY_TOO_LONG);
    }
    current.reject(
        outlet,
        tooLong ? DeadLetterReason.ENTRY_TOO_LONG : DeadLetterReason.NOT_A_LOG_LINE,
        tooLong ? "a line that is no log line and is too long" : "no log line in a known form",
        from,
        to);
    // what continues from here on continues a line that could not be read
    boolean readersLost =
        entry != null
            && (entry.isInterleaved() || PrefixDetector.looksLikeHead(current.bytes(), from, to));
    if (readersLost) {
      open.complete(stream);
    }
  }

  private boolean isTruncationMark(int from, int to) {
    return current.startsWith(from, to, TRUNCATION_MARK)
        && current.isBlank(from + TRUNCATION_MARK.length, to);
  }

  /**
   * Adds text to the stream's entry, unless another process's line begins inside it: on a pipe,
   * messages over 4 KiB are not written in one piece.
   */
  private void text(OpenStream stream, OpenEntry entry, int from, int to, boolean ownLine) {
    int other =
        mayHoldHead(from, to) ? detector.matchInside(current.bytes(), from, to, inside) : -1;
    if (other < 0 || !isInterleaved(entry.head(), from, other)) {
      append(stream, entry, from, to, ownLine);
      return;
    }
    if (!entry.isGivenUp()) {
      open.giveUp(entry, DeadLetterReason.DAMAGED_ENTRY, "another process's line runs through it");
    }
    open.complete(stream);
    open.torn(entry.head().at());
    if (current.matches(other, to) && !match.word().isPart()) {
      String backend = backend();
      if (match.lineNumber() >= 0) {
        sessions.next(backend, match.session(), match.lineNumber());
      }
      int textFrom = match.textFrom();
      OpenEntry begun = entry(backend);
      begun.markInterleaved();
      append(open.replace(current.envelope().stream(), begun), begun, textFrom, to, false);
    }
  }

  private void append(OpenStream stream, OpenEntry entry, int from, int to, boolean ownLine) {
    if (entry.isGivenUp()) {
      outlet.ignored(Ignored.AFTER_GIVE_UP);
      open.use(stream);
    } else {
      open.append(stream, entry, current.bytes(), from, to, ownLine, current.stays());
    }
  }

  /** Whether an English level word and its colon may stand in the text; most texts have none. */
  private boolean mayHoldHead(int from, int to) {
    byte[] bytes = current.bytes();
    int at = ByteSearch.find(bytes, from, to, (byte) ':');
    while (at < to) {
      byte before = at > from ? bytes[at - 1] : 0;
      byte after = at + 1 < to ? bytes[at + 1] : (byte) ' ';
      boolean ofWord = (before >= 'A' && before <= 'Z') || (before >= '1' && before <= '5');
      if (ofWord && (after == ' ' || after == '\t' || after == '\r')) {
        return true;
      }
      at = ByteSearch.find(bytes, at + 1, to, (byte) ':');
    }
    return false;
  }

  private boolean isInterleaved(OpenEntry.Head head, int from, int other) {
    byte before = current.bytes()[other - 1];
    if (before == '\'' || before == '"' || current.isBlank(from, other)) {
      return false; // more likely a log line that the statement itself holds
    }
    Instant time = inside.time(settings.zone());
    return time != null
        && !inside.process().equals(head.process())
        && Duration.between(head.at(), time).abs().compareTo(INTERLEAVED_WITHIN) <= 0;
  }

  // ---- state

  OpenEntries open() {
    return open;
  }

  ChunkMemory chunks() {
    return chunks;
  }

  SessionLines sessions() {
    return sessions;
  }
}
