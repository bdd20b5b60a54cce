package dev.logdex.normalizer.envelope;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logdex.normalizer.logline.LogTime;
import dev.logdex.normalizer.logline.PrefixDetector;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Recognises, line by line, the text forms in which log lines travel, and takes them off. A line in
 * no known form is taken as the server's own.
 *
 * <p>Forms: RFC 3164 and 5424 with priority; the file forms of syslog daemons with a traditional or
 * an ISO time; Heroku's drain frames, the text of {@code heroku logs} and what log services make of
 * it.
 */
public final class EnvelopeReader {
  private static final int MAX_PROGRAMS = 16;
  private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";
  private static final List<String> POSTGRES_PROGRAMS = List.of("postgres", "pgsql", "edb-", "pg_");

  private final @Nullable ZoneId zone;

  /** Tags that do not sound like Postgres but whose lines were seen to be. */
  private final Set<String> programs = new LinkedHashSet<>();

  private byte[] line = new byte[0];
  private int at;
  private int to;

  /**
   * @param zone of times without zone; null to take UTC
   */
  public EnvelopeReader(@Nullable ZoneId zone, Collection<String> programs) {
    this.zone = zone;
    this.programs.addAll(programs);
  }

  /** Tags learnt so far, to be given to the constructor after a restart. */
  public Collection<String> programs() {
    return programs;
  }

  /**
   * Takes the envelope off one line.
   *
   * @param arrivedAt tells the year where the line does not
   */
  public void read(byte[] bytes, int from, int end, Instant arrivedAt, UnwrappedLine out) {
    out.bare(bytes, from, end);
    line = bytes;
    at = from;
    to = end;
    if (from >= end || !mayBeEnvelope(bytes[from])) {
      return;
    }
    skipOctetCount();
    int version = readPriority();
    if (version == 1) {
      readRfc5424(out);
    } else {
      readFileForm(arrivedAt, version == 0, out);
    }
  }

  private static boolean mayBeEnvelope(byte first) {
    return first == '<' || isDigit(first) || (first >= 'A' && first <= 'S');
  }

  /** RFC 6587 framing: the length in front of a frame. */
  private void skipOctetCount() {
    int end = digits(at);
    if (end > at && end + 1 < to && line[end] == ' ' && line[end + 1] == '<') {
      at = end + 1;
    }
  }

  /** Returns 1 for an RFC 5424 header, 0 for another one with priority, -1 for none. */
  private int readPriority() {
    if (at >= to || line[at] != '<') {
      return -1;
    }
    int end = digits(at + 1);
    if (end == at + 1 || end - at > 4 || end >= to || line[end] != '>') {
      return -1;
    }
    at = end + 1;
    if (at + 1 < to && line[at] == '1' && line[at + 1] == ' ') {
      at += 2;
      return 1;
    }
    return 0;
  }

  // <134>1 TIME HOST APP PROCID MSGID [SD] MSG; Heroku has no SD but [COLOR] [N-M] in its place
  private void readRfc5424(UnwrappedLine out) {
    Instant time = isoTime(word());
    String host = word();
    String program = word();
    String process = word();
    word(); // MSGID
    if (isHerokuPostgres(process)) {
      readHerokuText(host, program, process, time, out);
      return;
    }
    if (at < to && line[at] == '[' && !isSequence(at)) {
      skipStructuredData();
    } else if (at < to && line[at] == '-') {
      at++;
    }
    boolean hasProcess = !process.isEmpty() && isDigit((byte) process.charAt(0));
    readSyslogText(host, program, hasProcess ? process : "", time, out);
  }

  private void skipStructuredData() {
    boolean quoted = false;
    for (; at < to; at++) {
      byte b = line[at];
      if (b == '\\' && quoted) {
        at++;
      } else if (b == '"') {
        quoted = !quoted;
      } else if (b == ']' && !quoted && (at + 1 >= to || line[at + 1] != '[')) {
        at++;
        return;
      }
    }
  }

  private void readFileForm(Instant arrivedAt, boolean priority, UnwrappedLine out) {
    Instant time;
    if (LogTime.endOfSeconds(line, at, to) > 0 && line[at + 10] == 'T') {
      time = isoTime(word());
    } else if (isTraditionalTime()) {
      time = traditionalTime(arrivedAt);
      at += 16;
    } else if (priority) {
      time = null;
    } else {
      return;
    }
    readHostAndTag(time, out);
  }

  /** HOST TAG[PID]: TEXT, where host, process or colon may be missing. */
  private void readHostAndTag(@Nullable Instant time, UnwrappedLine out) {
    int start = at;
    String first = wordBeforeBlank();
    if (first.startsWith("\t") || isDate(first)) {
      // a time that an exporter put before the server's own line
      out.wrapped(Wrapping.STDERR, "", time);
      out.text(line, start, to);
      return;
    }
    boolean noHost = first.endsWith(":") || first.endsWith("]");
    String host = noHost ? "" : first;
    String tag = noHost ? first : tagAfterHost();
    String name = tag.endsWith(":") ? tag.substring(0, tag.length() - 1) : tag;
    int bracket = name.endsWith("]") ? name.indexOf('[') : -1;
    String program = bracket < 0 ? name : name.substring(0, bracket);
    String process = bracket < 0 ? "" : name.substring(bracket + 1, name.length() - 1);
    if (isHerokuPostgres(process)) {
      readHerokuText(host, program, process, time, out);
    } else {
      readSyslogText(host, program, process, time, out);
    }
  }

  private static boolean isHerokuPostgres(String process) {
    return process.equals("postgres") || process.startsWith("postgres.");
  }

  // [COLOR] [N-M] TEXT; log services put the colour once more before it
  private void readHerokuText(
      String host, String program, String process, @Nullable Instant time, UnwrappedLine out) {
    skipBlanks();
    if (at < to && line[at] != '[') {
      word();
    }
    String attachment = "";
    if (at < to && line[at] == '[' && !isSequence(at)) {
      int start = at + 1;
      while (at < to && line[at] != ']') {
        at++;
      }
      attachment = new String(line, start, Math.max(0, at - start), UTF_8);
      at = Math.min(to, at + 1);
    }
    String stream = host + " " + program + "[" + process + "] " + attachment;
    out.wrapped(Wrapping.HEROKU, stream, time);
    out.attachment(attachment);
    readSequence(true, out);
    out.text(line, at, to);
  }

  private void readSyslogText(
      String host, String program, String process, @Nullable Instant time, UnwrappedLine out) {
    // without a process a number in brackets is more likely the log_line_prefix's own
    boolean numbered = readSequence(!process.isEmpty(), out);
    ControlCharacters.restore(line, at, to, out);
    boolean chunked = numbered && out.chunk() >= 0;
    if (!isNumber(process) || !isPostgres(program, chunked, out)) {
      out.wrapped(Wrapping.FOREIGN, host + " " + program, time);
    } else if (process.isEmpty() && !numbered) {
      out.wrapped(Wrapping.FILE_OVER_SYSLOG, host + " " + program, time);
    } else {
      out.wrapped(Wrapping.SYSLOG, host + " " + program + "[" + process + "]", time);
    }
  }

  /** A server's process id, or none; a platform's own programs have names like web.1 there. */
  private static boolean isNumber(String process) {
    return process.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private boolean isPostgres(String program, boolean chunked, UnwrappedLine text) {
    String name = program.toLowerCase(Locale.ROOT);
    if (chunked || programs.contains(program)) {
      return true;
    }
    for (String known : POSTGRES_PROGRAMS) {
      if (name.contains(known)) {
        return true;
      }
    }
    boolean speaksLikeIt =
        programs.size() < MAX_PROGRAMS
            && PrefixDetector.soundsLikePostgres(text.bytes(), text.from(), text.to());
    if (speaksLikeIt) {
      programs.add(program);
    }
    return speaksLikeIt;
  }

  /**
   * Reads {@code [N-M] } or {@code [N] } after blanks, and the one blank after it; without them
   * takes off one blank.
   */
  private boolean readSequence(boolean loneNumber, UnwrappedLine out) {
    int start = at;
    skipBlanks();
    if (!isSequence(at) || !(loneNumber || line[digits(at + 1)] == '-')) {
      at = start < to && line[start] == ' ' ? start + 1 : start;
      return false;
    }
    int messageEnd = digits(at + 1);
    long message = number(at + 1, messageEnd);
    long chunk = UnwrappedLine.NO_NUMBER;
    int end = messageEnd;
    if (line[end] == '-') {
      end = digits(messageEnd + 1);
      chunk = number(messageEnd + 1, end);
    }
    out.numbers(message, chunk);
    at = end + 1;
    if (at < to && line[at] == ' ') {
      at++;
    }
    return true;
  }

  private boolean isSequence(int from) {
    if (from >= to || line[from] != '[') {
      return false;
    }
    int end = digits(from + 1);
    if (end == from + 1 || end - from > 18) {
      return false;
    }
    if (end < to && line[end] == '-') {
      int chunk = end + 1;
      end = digits(chunk);
      if (end == chunk || end - chunk > 18) {
        return false;
      }
    }
    return end < to && line[end] == ']' && (end + 1 == to || line[end + 1] == ' ');
  }

  private String tagAfterHost() {
    at = Math.min(to, at + 1);
    return wordBeforeBlank();
  }

  /** The bytes up to the next blank, which is taken off too. */
  private String word() {
    String word = wordBeforeBlank();
    at = Math.min(to, at + 1);
    return word;
  }

  private String wordBeforeBlank() {
    int start = at;
    while (at < to && line[at] != ' ') {
      at++;
    }
    return new String(line, start, at - start, UTF_8);
  }

  private void skipBlanks() {
    while (at < to && line[at] == ' ') {
      at++;
    }
  }

  private static boolean isDate(String word) {
    return word.length() == 10 && word.charAt(4) == '-' && word.charAt(7) == '-';
  }

  private @Nullable Instant isoTime(String word) {
    byte[] bytes = word.getBytes(US_ASCII);
    return LogTime.parse(bytes, 0, bytes.length, zone == null ? ZoneOffset.UTC : zone);
  }

  // Nov  5 23:54:44 followed by a blank
  private boolean isTraditionalTime() {
    if (to - at < 16 || line[at + 3] != ' ' || line[at + 6] != ' ' || line[at + 15] != ' ') {
      return false;
    }
    return month() > 0
        && line[at + 9] == ':'
        && line[at + 12] == ':'
        && isDigit(line[at + 5])
        && digits(at + 7) == at + 9
        && digits(at + 10) == at + 12
        && digits(at + 13) == at + 15;
  }

  private int month() {
    int index = MONTHS.indexOf(new String(line, at, 3, US_ASCII));
    return index >= 0 && index % 3 == 0 ? index / 3 + 1 : 0;
  }

  /** The year is the one that brings the time nearest to its arrival. */
  private @Nullable Instant traditionalTime(Instant arrivedAt) {
    ZoneId ofHost = zone == null ? ZoneOffset.UTC : zone;
    int year = LocalDateTime.ofInstant(arrivedAt, ofHost).getYear();
    Instant nearest = null;
    for (int candidate = year - 1; candidate <= year + 1; candidate++) {
      Instant time = timeIn(candidate, ofHost);
      if (time != null && (nearest == null || isNearer(time, nearest, arrivedAt))) {
        nearest = time;
      }
    }
    return nearest;
  }

  private static boolean isNearer(Instant time, Instant than, Instant to) {
    return Math.abs(time.getEpochSecond() - to.getEpochSecond())
        < Math.abs(than.getEpochSecond() - to.getEpochSecond());
  }

  private @Nullable Instant timeIn(int year, ZoneId ofHost) {
    int tens = line[at + 4] == ' ' ? 0 : line[at + 4] - '0';
    try {
      return LocalDateTime.of(
              year,
              month(),
              tens * 10 + (line[at + 5] - '0'),
              (int) number(at + 7, at + 9),
              (int) number(at + 10, at + 12),
              Math.min(59, (int) number(at + 13, at + 15)))
          .atZone(ofHost)
          .toInstant();
    } catch (DateTimeException noSuchDay) {
      return null;
    }
  }

  private int digits(int from) {
    int end = from;
    while (end < to && isDigit(line[end])) {
      end++;
    }
    return end;
  }

  private long number(int from, int end) {
    long value = 0;
    for (int i = from; i < end; i++) {
      value = value * 10 + (line[i] - '0');
    }
    return value;
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }
}
