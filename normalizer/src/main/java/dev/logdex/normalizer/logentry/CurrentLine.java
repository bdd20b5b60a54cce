package dev.logdex.normalizer.logentry;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logdex.normalizer.envelope.UnwrappedLine;
import dev.logdex.normalizer.event.DeadLetterReason;
import dev.logdex.normalizer.logline.LineWord;
import dev.logdex.normalizer.logline.PrefixDetector;
import dev.logdex.normalizer.logline.PrefixMatch;
import dev.logdex.normalizer.text.Place;
import java.time.Instant;
import java.util.Arrays;

/** The line that is being read: its bytes, its envelope, and what its prefix says. */
final class CurrentLine {
  private static final byte[] NONE = {};

  private final LogSettings settings;
  private final PrefixDetector detector;
  private final PrefixMatch match = new PrefixMatch();
  private UnwrappedLine envelope = new UnwrappedLine();
  private byte[] bytes = NONE;
  private boolean stays;
  private Instant arrivedAt = Instant.MIN;
  private String record = "";
  private long number;

  CurrentLine(LogSettings settings, PrefixDetector detector) {
    this.settings = settings;
    this.detector = detector;
  }

  /**
   * The next line.
   *
   * @param holds the array that stays as it is until the whole record is read
   */
  void begin(
      UnwrappedLine unwrapped, byte[] holds, Instant arrived, String recordName, long lineNumber) {
    envelope = unwrapped;
    bytes = unwrapped.bytes();
    stays = bytes == holds;
    arrivedAt = arrived;
    record = recordName;
    number = lineNumber;
  }

  UnwrappedLine envelope() {
    return envelope;
  }

  byte[] bytes() {
    return bytes;
  }

  /** Goes on with bytes of the same stream that were kept. */
  void bytes(byte[] kept) {
    bytes = kept;
    stays = false;
  }

  /** Whether the array may be viewed for as long as the record is read. */
  boolean stays() {
    return stays;
  }

  PrefixMatch match() {
    return match;
  }

  /** Whether the bytes begin with a prefix and a level word; {@link #match} then holds both. */
  boolean matches(int from, int to) {
    return detector.match(bytes, from, to, envelope.isPostgres(), match);
  }

  Place place() {
    return new Place(record, number);
  }

  /** What {@link #match} says of the entry that it begins. */
  OpenEntry.Head head(String backend) {
    Instant logged = match.time(settings.zone());
    return new OpenEntry.Head(
        match.word(),
        match.language(),
        match.hasDatabase() ? known(match.database()) : envelope.attachment(),
        known(match.user()),
        known(match.application()),
        backend,
        match.process(),
        match.session(),
        match.lineNumber(),
        match.queryId(),
        logged != null ? logged : envelope.time(),
        arrivedAt,
        logged == null && match.isTimed(),
        place());
  }

  /** Of an entry whose beginning has not come or could not be read. */
  OpenEntry.Head noHead(String backend) {
    return new OpenEntry.Head(
        LineWord.LOG,
        null,
        "",
        "",
        "",
        backend,
        "",
        "",
        -1,
        0,
        envelope.time(),
        arrivedAt,
        false,
        place());
  }

  private static String known(String name) {
    return name.equals("[unknown]") ? "" : name;
  }

  boolean isBlank(int from, int to) {
    for (int at = from; at < to; at++) {
      if (bytes[at] != ' ' && bytes[at] != '\t' && bytes[at] != '\r') {
        return false;
      }
    }
    return true;
  }

  boolean startsWith(int from, int to, byte[] expected) {
    int end = from + expected.length;
    return end <= to && Arrays.equals(bytes, from, end, expected, 0, expected.length);
  }

  String text(int from, int to) {
    return new String(bytes, from, to - from, UTF_8);
  }

  void reject(EntryJoiner.Outlet outlet, DeadLetterReason reason, String detail, int from, int to) {
    int end = Math.min(to, from + OpenEntries.MAX_EXCERPT_BYTES);
    outlet.rejected(reason, detail, place(), envelope.time(), text(from, end));
  }
}
