package dev.logdex.normalizer.envelope;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.dynatrace.hash4j.hashing.Hashing;
import dev.logdex.normalizer.envelope.JsonForm.Trait;
import dev.logdex.normalizer.event.DeadLetterReason;
import dev.logdex.normalizer.logline.LogTime;
import dev.logdex.normalizer.logline.PrefixDetector;
import dev.logdex.normalizer.structured.FieldEntry;
import dev.logdex.normalizer.structured.LogField;
import dev.logdex.normalizer.text.ByteSearch;
import dev.logdex.normalizer.text.Place;
import dev.logdex.normalizer.text.Utf8;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes off what shippers and platforms put around a source's log lines: up to three envelopes, one
 * inside the other, recognised line by line or configured. A line in no known envelope is taken as
 * the server's own. JSON forms are the rows of {@link JsonForms}; the text forms are here: RFC 3164
 * and 5424 with priority, the file forms of syslog daemons, Heroku's drain frames and {@code heroku
 * logs}, container runtimes' CRI, and a time, or a time and a host, before the line.
 *
 * <p>Remembers what the next lines need: tags that turned out to be Postgres's, beginnings of cut
 * lines, and the identities of lines that may be sent again. Nothing of it grows without bound. Not
 * thread-safe.
 */
public final class EnvelopeReader {
  /** Takes what is found. What it is given holds until it returns. */
  public interface Outlet {
    void line(UnwrappedLine line);

    /**
     * An entry that came in fields.
     *
     * @param around tells the stream, the time and the form; its text is empty
     */
    void fields(FieldEntry entry, UnwrappedLine around);

    void ignored(IgnoredCause why);

    /**
     * What could not be understood.
     *
     * @param detail one sentence for a person, without literals
     */
    void rejected(DeadLetterReason reason, String detail, byte[] bytes, int from, int to);

    /**
     * What could not be understood and began before the line that is being read.
     *
     * @param place as {@link #place} gave it when that began
     */
    void rejectedAt(Place place, DeadLetterReason reason, String detail, byte[] excerpt);

    /** Where the line that is being read stands. */
    Place place();

    /**
     * Whether the stream is inside something that began in an earlier line, such as a quoted text
     * of csvlog: then the next line is a part of it, whatever envelope it looks like.
     */
    default boolean isInside(String stream) {
      return false;
    }
  }

  /** The setting's value for recognising envelopes. */
  public static final String AUTO = "auto";

  private static final String STDERR = "stderr";
  private static final String SYSLOG = "syslog";
  private static final String HEROKU = "heroku";
  private static final String CRI = "cri";
  private static final String LOGSTASH_PLAIN = "logstash-plain";
  private static final List<String> TEXT_NAMES =
      List.of(STDERR, SYSLOG, HEROKU, CRI, LOGSTASH_PLAIN);

  private static final int MAX_PROGRAMS = 16;
  private static final int MAX_UNESCAPED = 64;

  /** Stands before a stream among what was learnt: no program's name begins so. */
  private static final String UNESCAPED_MARK = "\t";

  /** Envelopes around one line. */
  private static final int MAX_DEPTH = 3;

  /** The same, with the arrays that some of them consist of. */
  private static final int MAX_LEVELS = 12;

  private static final int MAX_REPETITIONS = 1000;

  /** rsyslog's own bound for the text that it says was repeated (ratelimit.c). */
  private static final int REPEATED_CUT_AT = 800;

  private static final int MAX_SEQUENCE_DIGITS = 18;
  private static final int MAX_LENGTH_DIGITS = 10;
  private static final byte[] REPEATED = "message repeated ".getBytes(US_ASCII);
  private static final byte[] TIMES = " times: [".getBytes(US_ASCII);
  private static final byte[] SEVERITY_KEY = "\"error_severity\"".getBytes(US_ASCII);
  private static final byte[] HEROKU_PROCESS = " postgres.".getBytes(US_ASCII);

  private final EnvelopeTime times;
  private final @Nullable String pinned;

  /** Tags that do not sound like Postgres but whose lines were seen to be. */
  private final Set<String> programs = new LinkedHashSet<>();

  /** Streams of files in which control characters stand as they are. */
  private final Set<String> unescaped = new LinkedHashSet<>();

  private final PartialLines partials;
  private final SeenIds seen = new SeenIds();
  private final List<Held> held = new ArrayList<>();

  private final ByteNames<String> names = new ByteNames<>(name -> name);
  private final ByteNames<SyslogTag> fileTags = new ByteNames<>(SyslogTag::ofFile);
  private final ByteNames<SyslogTag> rfcTags = new ByteNames<>(SyslogTag::ofRfc5424);
  private final ControlCharacters controls = new ControlCharacters();
  private final UnwrappedLine line = new UnwrappedLine();
  private final FieldEntry entry = new FieldEntry();
  private final Layer root = new Layer(0);
  private final @Nullable Layer[] layers = new @Nullable Layer[MAX_LEVELS];

  // the record being read
  private Instant arrivedAt = Instant.MIN;
  private Outlet out;

  // the text form being read
  private byte[] bytes = new byte[0];
  private int at;
  private int end;

  /** A line that waits for the others of its record, to be sorted among them. */
  @SuppressWarnings("ArrayRecordComponent") // never compared, and seen by nobody else
  private record Held(
      Instant time, String id, byte[] text, Nesting nesting, int depth, String host, String file) {}

  /** Recognises envelopes; starts with nothing remembered. */
  public EnvelopeReader(@Nullable ZoneId zone, int maxLineBytes) {
    this(zone, AUTO, maxLineBytes);
  }

  /**
   * Starts with nothing remembered.
   *
   * @param zone of times without zone; null to take UTC
   * @param envelope one of {@link #names}: the outermost envelope, what is inside is recognised
   * @param maxLineBytes the longest line that is put together of cut parts
   */
  public EnvelopeReader(@Nullable ZoneId zone, String envelope, int maxLineBytes) {
    if (!names().contains(envelope)) {
      throw new IllegalArgumentException("no envelope is called '" + envelope + "'");
    }
    this.times = new EnvelopeTime(zone);
    this.pinned = envelope.equals(AUTO) ? null : envelope;
    this.partials = new PartialLines(maxLineBytes);
    this.out = new Nowhere();
  }

  /** What the setting may be. */
  public static List<String> names() {
    Set<String> all = new LinkedHashSet<>();
    all.add(AUTO);
    all.addAll(TEXT_NAMES);
    JsonForms.ROWS.forEach(row -> all.add(row.name()));
    return List.copyOf(all);
  }

  // ---- records

  /** Whether a record is compressed as a whole. */
  public boolean isCompressed(byte[] value, int from, int to) {
    return pinnedIsNot(STDERR) && Inflation.isCompressed(value, from, to);
  }

  /** A compressed record's content; null when it was rejected. */
  public byte @Nullable [] inflate(byte[] value, int from, int to, Outlet outlet) {
    try {
      return Inflation.inflate(value, from, to);
    } catch (IOException e) {
      String detail = "gzip that cannot be undone: it is damaged, or inflates to too much";
      outlet.rejected(DeadLetterReason.MALFORMED_ENVELOPE, detail, value, from, to);
      return null;
    }
  }

  /**
   * Where the line, the JSON document, or the syslog message behind its length that begins here
   * ends, exclusive. The latter two may span lines, and the next one may follow in the same line.
   */
  public int endOfUnit(byte[] value, int from, int to, Outlet outlet) {
    if (from < to
        && (value[from] == '{' || value[from] == '[')
        && pinnedIsNot(STDERR)
        && JsonScan.begins(value, from, to)
        && !outlet.isInside("")) {
      int documentEnd = JsonScan.end(value, from, to);
      if (documentEnd > 0) {
        int next = documentEnd;
        while (next < to && isSeparator(value[next])) {
          next++;
        }
        return next;
      }
    }
    if (isFrame(value, from, to) && pinnedIsNot(STDERR) && !outlet.isInside("")) {
      int frameEnd = endOfFrame(value, from, to);
      if (frameEnd > 0) {
        return frameEnd;
      }
    }
    return ByteSearch.find(value, from, to, (byte) '\n');
  }

  /** Whether a syslog message behind its length begins here: RFC 6587's octet counting. */
  public static boolean isFrame(byte[] value, int from, int to) {
    int at = from;
    while (at < to && at - from <= MAX_LENGTH_DIGITS && isDigit(value[at])) {
      at++;
    }
    return at > from
        && at - from <= MAX_LENGTH_DIGITS
        && at + 1 < to
        && value[at] == ' '
        && value[at + 1] == '<';
  }

  /**
   * Where the frame ends by its length, without a line end of its own; -1 when that is not where
   * something ends: the length then counts something else, and the line end decides.
   */
  private static int endOfFrame(byte[] value, int from, int to) {
    int at = from;
    long length = 0;
    for (; isDigit(value[at]); at++) {
      length = length * 10 + (value[at] - '0');
    }
    if (length == 0 || at + 1 + length > to) {
      return -1;
    }
    int stop = at + 1 + (int) length;
    if (value[stop - 1] == '\n') {
      return stop - 1;
    }
    return stop == to || value[stop] == '\n' || isFrame(value, stop, to) ? stop : -1;
  }

  private static boolean isSeparator(byte b) {
    return b == ' ' || b == ',' || b == '\r' || b == 0x1e;
  }

  /**
   * Reads one line without its line end, or one JSON document.
   *
   * @param arrived tells the year where the line does not
   */
  public void read(byte[] value, int from, int to, Instant arrived, Outlet outlet) {
    if (from < to && isOrdinary(value, from, to)) {
      line.bare(value, from, to);
      if (pinned == null || pinned.equals(STDERR)) {
        outlet.line(line);
        return;
      }
    }
    arrivedAt = arrived;
    out = outlet;
    if (pinned != null) {
      readPinned(value, from, to, pinned);
    } else {
      unwrap(value, from, to, root);
    }
  }

  /** Tells what had to wait for the rest of its record. To be called after each record. */
  public void endOfRecord(Instant arrived, Outlet outlet) {
    if (held.isEmpty()) {
      return;
    }
    arrivedAt = arrived;
    out = outlet;
    List<Held> sorted = new ArrayList<>(held);
    held.clear();
    sorted.sort(Comparator.comparing(Held::time).thenComparing(Held::id));
    Layer layer = layer(1);
    for (Held one : sorted) {
      layer.inherit(root);
      layer.nesting = one.nesting();
      layer.depth = one.depth();
      layer.host = one.host();
      layer.file = one.file();
      layer.time = one.time().equals(Instant.MIN) ? null : one.time();
      layer.onlyPostgres = true;
      lines(one.text(), 0, one.text().length, layer);
    }
  }

  /** Nothing more comes: lines whose end is missing are given up. */
  public void endOfInput(Outlet outlet) {
    for (PartialLines.Beginning open = partials.takeEldest();
        open != null;
        open = partials.takeEldest()) {
      out = outlet;
      if (!open.isTooLong()) {
        rejectBeginning(open, "a line that was cut, and whose end did not come");
      }
    }
  }

  /** Whether the first bytes say that no envelope stands here: the usual case with files. */
  private static boolean isOrdinary(byte[] value, int from, int to) {
    byte first = value[from];
    if (first == '\t') {
      return true;
    }
    return isDigit(first) && to - from > 10 && value[from + 10] == ' ' && value[from + 4] == '-';
  }

  private boolean pinnedIsNot(String name) {
    return !name.equals(pinned);
  }

  private void readPinned(byte[] value, int from, int to, String name) {
    if (name.equals(STDERR)) {
      bare(value, from, to, root);
    } else if (JsonScan.skipBlanks(value, from, to) == to) {
      out.ignored(IgnoredCause.EMPTY);
    } else if (!TEXT_NAMES.contains(name)) {
      if (JsonScan.begins(value, from, to)) {
        json(value, from, to, root);
      } else {
        rejectUnpinned(value, from, to, name);
      }
    } else if (!readText(value, from, to, root, name)) {
      rejectUnpinned(value, from, to, name);
    }
  }

  private void rejectUnpinned(byte[] value, int from, int to, String name) {
    String detail = "not in the envelope '" + name + "' that is configured";
    out.rejected(DeadLetterReason.NOT_A_LOG_LINE, detail, value, from, to);
  }

  // ---- what is inside

  /** Takes the next envelope off, if there is one. */
  private void unwrap(byte[] text, int from, int to, Layer around) {
    if (from >= to || isOrdinary(text, from, to) || !mayBeEnvelope(text[from])) {
      bare(text, from, to, around);
    } else if (out.isInside(around.stream())) {
      bare(text, from, to, around);
    } else if (JsonScan.begins(text, from, to)) {
      json(text, from, to, around);
    } else if (isArrayEdge(text, from, to)) {
      out.ignored(IgnoredCause.EMPTY);
    } else if (!readText(text, from, to, around, AUTO)) {
      bare(text, from, to, around);
    }
  }

  private static boolean mayBeEnvelope(byte first) {
    return first == '<'
        || first == '{'
        || first == '['
        || first == ']'
        || first == ' '
        || isDigit(first)
        || (first >= 'A' && first <= 'S');
  }

  /** An array of documents, one on each line, has its brackets on lines of their own. */
  private static boolean isArrayEdge(byte[] text, int from, int to) {
    return (text[from] == '[' || text[from] == ']')
        && JsonScan.skipBlanks(text, from + 1, to) == to;
  }

  private void bare(byte[] text, int from, int to, Layer around) {
    line.bare(text, from, to);
    if (around != root) {
      line.wrapped(Wrapping.STDERR, around.stream(), around.time);
      line.around(around.nesting.title(STDERR), around.onlyPostgres, around.order);
    }
    out.line(line);
  }

  /** Several lines in one text: each with those that continue it. */
  private void lines(byte[] text, int from, int to, Layer around) {
    int start = from;
    if (start >= to) {
      bare(text, from, from, around);
    }
    while (start < to) {
      int stop = JsonScan.begins(text, start, to) ? JsonScan.end(text, start, to) : -1;
      if (stop < 0) {
        stop = start;
        while (stop < to && !(text[stop] == '\n' && (stop + 1 == to || text[stop + 1] != '\t'))) {
          stop++;
        }
      }
      unwrap(text, start, stop, around);
      start = stop;
      while (start < to && text[start] == '\n') {
        start++;
      }
    }
  }

  private @Nullable Layer inside(Layer around, byte[] text, int from, int to) {
    if (around.level + 1 >= MAX_LEVELS) {
      rejectTooDeep(text, from, to);
      return null;
    }
    Layer layer = layer(around.level + 1);
    layer.inherit(around);
    return layer;
  }

  private Layer layer(int level) {
    Layer layer = layers[level];
    if (layer == null) {
      layer = new Layer(level);
      layers[level] = layer;
    }
    return layer;
  }

  /** Counts an envelope; false, and rejected, when it is one too many. */
  private boolean deepen(Layer layer, String name, byte[] text, int from, int to) {
    layer.nesting = layer.nesting.with(name);
    layer.depth++;
    if (layer.depth > MAX_DEPTH) {
      rejectTooDeep(text, from, to);
      return false;
    }
    return true;
  }

  private void rejectTooDeep(byte[] text, int from, int to) {
    String detail = "more than " + MAX_DEPTH + " envelopes, one in the other";
    out.rejected(DeadLetterReason.MALFORMED_ENVELOPE, detail, text, from, to);
  }

  // ---- JSON

  private void json(byte[] text, int from, int to, Layer around) {
    if (text[from] == '[' && around.itemsOf.isEmpty()) {
      items(text, from, to, around);
      return;
    }
    Layer layer = inside(around, text, from, to);
    if (layer == null) {
      return;
    }
    JsonMembers members = layer.members;
    if (members == null) {
      members = new JsonMembers(CompiledForm.PATHS);
      layer.members = members;
    }
    try {
      members.read(text, from, to);
    } catch (IOException e) {
      String detail = "JSON that is not well-formed, nested too deeply or cut off";
      out.rejected(DeadLetterReason.MALFORMED_ENVELOPE, detail, text, from, to);
      return;
    }
    CompiledForm form = formOf(members, around);
    if (form == null) {
      String detail =
          pinned != null && around == root
              ? "JSON, but not of the envelope '" + pinned + "' that is configured"
              : "JSON in no form that is known to hold a log line";
      out.rejected(DeadLetterReason.NOT_A_LOG_LINE, detail, text, from, to);
    } else if (form.ignored() != null) {
      out.ignored(form.ignored());
    } else {
      document(form, members, text, from, to, layer, around);
    }
  }

  private @Nullable CompiledForm formOf(JsonMembers members, Layer around) {
    String wanted = around == root ? pinned : null;
    for (CompiledForm form : CompiledForm.ALL) {
      if ((wanted == null || form.name().equals(wanted)) && form.fits(members, around.itemsOf)) {
        return form;
      }
    }
    return null;
  }

  private void document(
      CompiledForm form,
      JsonMembers members,
      byte[] text,
      int from,
      int to,
      Layer layer,
      Layer around) {
    place(form, members, layer);
    if (form.hasFields()) {
      fields(form, members, layer, around);
      return;
    }
    // items are no further envelope than the array that holds them
    if (around.itemsOf.isEmpty() && !deepen(layer, form.name(), text, from, to)) {
      return;
    }
    if (form.hasItems()) {
      layer.itemsOf = form.name();
      if (members.isContainer(form.items())) {
        items(
            members.bytes(form.items()),
            members.from(form.items()),
            members.to(form.items()),
            layer);
      } else {
        out.ignored(IgnoredCause.EMPTY);
      }
    } else if (isNew(form, members, layer)) {
      text(form, members, layer);
    } else {
      out.ignored(IgnoredCause.SENT_AGAIN);
    }
  }

  /** Where and when: what the document does not tell stays as the envelopes around it told. */
  private void place(CompiledForm form, JsonMembers members, Layer layer) {
    layer.host = name(form.find(JsonPart.HOST, members), members, layer.host);
    layer.file = name(form.find(JsonPart.FILE, members), members, layer.file);
    layer.pipe = name(form.find(JsonPart.PIPE, members), members, layer.pipe);
    layer.onlyPostgres |= form.has(Trait.ONLY_POSTGRES);
    layer.escaped = form.has(Trait.ESCAPED);
    int time = form.hasFields() ? -1 : form.find(JsonPart.TIME, members);
    if (time >= 0) {
      Instant read =
          times.read(members.bytes(time), members.from(time), members.to(time), arrivedAt);
      layer.time = read == null ? layer.time : read;
    }
    int order = form.find(JsonPart.ORDER, members);
    if (order >= 0) {
      layer.order = number(members.bytes(order), members.from(order), members.to(order));
    }
  }

  private String name(int slot, JsonMembers members, String otherwise) {
    return slot < 0
        ? otherwise
        : names.of(members.bytes(slot), members.from(slot), members.to(slot));
  }

  private boolean isNew(CompiledForm form, JsonMembers members, Layer layer) {
    int id = form.find(JsonPart.ID, members);
    if (id < 0) {
      return true;
    }
    long hash =
        Hashing.xxh3_64()
            .hashBytesToLong(
                members.bytes(id), members.from(id), members.to(id) - members.from(id));
    Instant time = layer.time;
    return seen.add(
        time == null ? hash : 31 * (31 * hash + time.getEpochSecond()) + time.getNano());
  }

  private void items(byte[] text, int from, int to, Layer around) {
    int next = from + 1;
    while (true) {
      while (next < to && (JsonScan.isBlank(text[next]) || text[next] == ',')) {
        next++;
      }
      if (next >= to || text[next] == ']') {
        return;
      }
      boolean document = text[next] == '{' || text[next] == '[';
      int stop = document ? JsonScan.end(text, next, to) : JsonScan.CUT_OFF;
      if (stop < 0) {
        String detail = "JSON whose array holds something other than whole documents";
        out.rejected(DeadLetterReason.MALFORMED_ENVELOPE, detail, text, next, to);
        return;
      }
      json(text, next, stop, around);
      next = stop;
    }
  }

  private void fields(CompiledForm form, JsonMembers members, Layer layer, Layer around) {
    entry.clear();
    for (LogField field : LogField.values()) {
      int slot = form.find(field, members);
      if (slot >= 0) {
        entry.put(field, view(members, slot));
      }
    }
    if (entry.get(LogField.CONNECTION_FROM) == null && members.isText(form.remoteHost())) {
      Utf8 host = view(members, form.remoteHost());
      entry.put(
          LogField.CONNECTION_FROM,
          members.isText(form.remotePort())
              ? Utf8.of(host + ":" + view(members, form.remotePort()))
              : host);
    }
    int message = form.find(JsonPart.TEXT, members);
    if (entry.get(LogField.MESSAGE) == null && message >= 0) {
      entry.put(LogField.MESSAGE, view(members, message));
    }
    line.bare(bytes, 0, 0);
    line.wrapped(Wrapping.FIELDS, layer.stream(), layer.time);
    line.around(around.nesting.title(form.name()), true, layer.order);
    out.fields(entry, line);
  }

  private static Utf8 view(JsonMembers members, int slot) {
    return Utf8.view(members.bytes(slot), members.from(slot), members.to(slot));
  }

  // ---- texts inside JSON

  private void text(CompiledForm form, JsonMembers members, Layer layer) {
    int slot = form.find(JsonPart.TEXT, members);
    if (slot < 0) {
      out.ignored(IgnoredCause.EMPTY);
      return;
    }
    byte[] text = members.bytes(slot);
    int from = members.from(slot);
    int to = members.to(slot);
    if (Inflation.isCompressed(text, from, to)) {
      compressed(text, from, to, layer);
      return;
    }
    int frame = form.find(JsonPart.FRAME, members);
    if (frame >= 0 && isHerokuFrame(members, frame)) {
      unwrap(members.bytes(frame), members.from(frame), endOfText(members, frame), layer);
      return;
    }
    if (form.has(Trait.ONE_ENTRY)) {
      byte[] whole = EntryTexts.whole(form, members, text, from, to);
      unwrap(whole, 0, whole.length, layer);
      return;
    }
    boolean endsLine = to > from && text[to - 1] == '\n';
    int tag = form.find(JsonPart.PARTIAL, members);
    boolean cut =
        tag >= 0
            ? members.to(tag) > members.from(tag) && members.bytes(tag)[members.from(tag)] == 'P'
            : form.has(Trait.ENDS_WITH_LINE) && !endsLine;
    int textEnd = endsLine ? to - 1 : to;
    if (tag >= 0 || form.has(Trait.ENDS_WITH_LINE)) {
      part(layer.stream(), cut, text, from, textEnd, layer);
    } else {
      wholeText(form, members, text, from, textEnd, layer);
    }
  }

  private static int endOfText(JsonMembers members, int slot) {
    int to = members.to(slot);
    return to > members.from(slot) && members.bytes(slot)[to - 1] == '\n' ? to - 1 : to;
  }

  private void wholeText(
      CompiledForm form, JsonMembers members, byte[] text, int from, int to, Layer layer) {
    SyslogTag tag = tag(form, members, layer);
    if (tag != null) {
      tagged(tag, layer.time, text, from, to, layer, true);
    } else if (form.has(Trait.SORTED)) {
      hold(form, members, text, from, to, layer);
    } else {
      lines(text, from, to, layer);
    }
  }

  private @Nullable SyslogTag tag(CompiledForm form, JsonMembers members, Layer layer) {
    String host = layer.host.replace(' ', '_');
    int program = form.find(JsonPart.PROGRAM, members);
    int tag = form.find(JsonPart.TAG, members);
    if (tag >= 0) {
      return fileTag(host, members.text(tag).strip());
    }
    if (program < 0) {
      return null;
    }
    int process = form.find(JsonPart.PROCESS, members);
    byte[] all =
        (host + " " + members.text(program) + " " + (process < 0 ? "" : members.text(process)))
            .getBytes(UTF_8);
    return rfcTags.of(all, 0, all.length);
  }

  private SyslogTag fileTag(String host, String tag) {
    byte[] all = (host + " " + tag).getBytes(UTF_8);
    return fileTags.of(all, 0, all.length);
  }

  /** rsyslog takes Heroku's attachment for structured data and drops it from the message. */
  private static boolean isHerokuFrame(JsonMembers members, int frame) {
    int from = members.from(frame);
    int to = Math.min(members.to(frame), from + 300);
    return EntryTexts.indexOf(members.bytes(frame), from, to, HEROKU_PROCESS) >= 0;
  }

  private void compressed(byte[] text, int from, int to, Layer layer) {
    byte[] plain = inflate(text, from, to, out);
    int start = 0;
    while (plain != null && start < plain.length) {
      int stop = endOfUnit(plain, start, plain.length, out);
      unwrap(plain, start, stop, layer);
      start = stop < plain.length && plain[stop] == '\n' ? stop + 1 : Math.max(stop, start + 1);
    }
  }

  private void hold(
      CompiledForm form, JsonMembers members, byte[] text, int from, int to, Layer layer) {
    int id = form.find(JsonPart.ID, members);
    byte[] kept =
        form.has(Trait.SOURCE_PLACE)
            ? EntryTexts.withoutSourcePlace(text, from, to)
            : Arrays.copyOfRange(text, from, to);
    Instant time = layer.time;
    held.add(
        new Held(
            time == null ? Instant.MIN : time,
            id < 0 ? "" : EntryTexts.counter(members.text(id)),
            kept,
            layer.nesting,
            layer.depth,
            layer.host,
            layer.file));
  }

  // ---- lines that were cut

  private void part(String stream, boolean cut, byte[] text, int from, int to, Layer layer) {
    if (cut) {
      PartialLines.Beginning given = partials.add(stream, out.place(), text, from, to);
      if (given != null) {
        boolean tooLong = given.isTooLong();
        rejectBeginning(
            given, tooLong ? "a line that is too long" : "a cut line for which there was no room");
      }
      return;
    }
    PartialLines.Beginning begun = partials.isEmpty() ? null : partials.take(stream);
    if (begun == null) {
      lines(text, from, to, layer);
    } else if (!begun.isTooLong()) {
      byte[] whole = begun.join(text, from, to);
      lines(whole, 0, whole.length, layer);
    }
  }

  private void rejectBeginning(PartialLines.Beginning given, String detail) {
    byte[] excerpt = PartialLines.excerpt(given);
    DeadLetterReason reason =
        given.isTooLong() ? DeadLetterReason.ENTRY_TOO_LONG : DeadLetterReason.DAMAGED_ENTRY;
    out.rejectedAt(given.place(), reason, detail, excerpt);
  }

  // ---- text forms

  /** Reads a text form; false when none stands here. */
  private boolean readText(byte[] text, int from, int to, Layer around, String wanted) {
    bytes = text;
    at = from;
    end = to;
    skipOctetCount();
    int version = readPriority();
    if (version == 1) {
      return isWanted(wanted, SYSLOG, HEROKU) && readRfc5424(around);
    }
    Instant time = null;
    if (LogTime.endOfSeconds(bytes, at, end) > 0 && bytes[at + 10] == 'T') {
      int stop = wordEnd(at);
      time = times.iso(bytes, at, stop);
      at = Math.min(end, stop + 1);
      if (version < 0 && readTimed(time, around, wanted)) {
        return true;
      }
    } else if (at + EnvelopeTime.TRADITIONAL_LENGTH <= end
        && bytes[at + EnvelopeTime.TRADITIONAL_LENGTH - 1] == ' '
        && EnvelopeTime.looksTraditional(bytes, at, end)) {
      time = times.traditional(bytes, at, arrivedAt);
      at += EnvelopeTime.TRADITIONAL_LENGTH;
    } else if (version < 0) {
      return isWanted(wanted, SYSLOG) && readChunkAlone(around);
    }
    if (!isWanted(wanted, SYSLOG, HEROKU)) {
      return false;
    }
    readHostAndTag(time, around);
    return true;
  }

  private static boolean isWanted(String wanted, String... names) {
    return wanted.equals(AUTO) || List.of(names).contains(wanted);
  }

  /** What stands behind a time that needs no daemon to have put it there. */
  private boolean readTimed(@Nullable Instant time, Layer around, String wanted) {
    if (isWanted(wanted, CRI) && isCri()) {
      readCri(time, around);
      return true;
    }
    if (wanted.equals(SYSLOG) || wanted.equals(HEROKU) || wanted.equals(CRI)) {
      return false;
    }
    if (!wanted.equals(LOGSTASH_PLAIN) && isServersOwn(at)) {
      Layer layer = inside(around, bytes, at, end);
      if (layer != null) {
        layer.time = time;
        unwrap(bytes, at, end, layer);
      }
      return true;
    }
    int stop = wordEnd(at);
    if (stop < end && (isServersOwn(stop + 1) || wanted.equals(LOGSTASH_PLAIN))) {
      Layer layer = inside(around, bytes, at, end);
      if (layer != null && deepen(layer, LOGSTASH_PLAIN, bytes, at, end)) {
        layer.time = time;
        layer.host = names.of(bytes, at, stop);
        unwrap(bytes, stop + 1, end, layer);
      }
      return true;
    }
    return false;
  }

  /** Whether a line of the server, or of its JSON, begins here, and no tag. */
  private boolean isServersOwn(int from) {
    return from < end
        && (bytes[from] == '\t'
            || (bytes[from] == '{' && from + 1 < end && isJsonStart(bytes[from + 1]))
            || (LogTime.endOfSeconds(bytes, from, end) > 0));
  }

  private static boolean isJsonStart(byte b) {
    return b == '"' || b == ' ';
  }

  // stderr F TEXT; the flag may have further flags behind a colon
  private boolean isCri() {
    if (end - at < 8 || bytes[at + 6] != ' ' || bytes[at] != 's' || bytes[at + 1] != 't') {
      return false;
    }
    boolean pipe = startsWith("stdout", at) || startsWith("stderr", at);
    boolean flag = bytes[at + 7] == 'F' || bytes[at + 7] == 'P';
    return pipe && flag && (at + 8 == end || bytes[at + 8] == ' ' || bytes[at + 8] == ':');
  }

  private boolean startsWith(String word, int from) {
    for (int i = 0; i < word.length(); i++) {
      if (from + i >= end || bytes[from + i] != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private void readCri(@Nullable Instant time, Layer around) {
    Layer layer = inside(around, bytes, at, end);
    if (layer == null || !deepen(layer, CRI, bytes, at, end)) {
      return;
    }
    layer.time = time;
    layer.pipe = bytes[at + 3] == 'o' ? "stdout" : STDERR;
    boolean cut = bytes[at + 7] == 'P';
    int from = Math.min(end, wordEnd(at + 7) + 1);
    part(layer.stream(), cut, bytes, from, end, layer);
  }

  // [N-M] TEXT, as rsyslog's %msg% has it: neither host nor process
  private boolean readChunkAlone(Layer around) {
    if (bytes[at] != ' ') {
      return false;
    }
    skipBlanks();
    if (!isSequence(at) || bytes[digits(at + 1)] != '-') {
      return false;
    }
    tagged(fileTag(around.host.replace(' ', '_'), ""), around.time, bytes, at, end, around, false);
    return true;
  }

  /** RFC 6587 framing: the length in front of a frame. */
  private void skipOctetCount() {
    int stop = digits(at);
    if (stop > at && stop + 1 < end && bytes[stop] == ' ' && bytes[stop + 1] == '<') {
      at = stop + 1;
    }
  }

  /** Returns 1 for an RFC 5424 header, 0 for another one with priority, -1 for none. */
  private int readPriority() {
    if (at >= end || bytes[at] != '<') {
      return -1;
    }
    int stop = digits(at + 1);
    if (stop == at + 1 || stop - at > 4 || stop >= end || bytes[stop] != '>') {
      return -1;
    }
    at = stop + 1;
    if (at + 1 < end && bytes[at] == '1' && bytes[at + 1] == ' ') {
      at += 2;
      return 1;
    }
    return 0;
  }

  // <134>1 TIME HOST APP PROCID MSGID [SD] MSG; Heroku has no SD but [COLOR] [N-M] in its place
  private boolean readRfc5424(Layer around) {
    int stop = wordEnd(at);
    Instant time = times.iso(bytes, at, stop);
    int namesFrom = Math.min(end, stop + 1);
    int namesTo = wordEnd(Math.min(end, wordEnd(Math.min(end, wordEnd(namesFrom) + 1)) + 1));
    SyslogTag tag = rfcTags.of(bytes, namesFrom, namesTo);
    at = Math.min(end, wordEnd(Math.min(end, namesTo + 1)) + 1); // behind MSGID
    if (!tag.isHerokuPostgres()) {
      if (at < end && bytes[at] == '[' && !isSequence(at)) {
        skipStructuredData();
      } else if (at < end && bytes[at] == '-') {
        at++;
      }
    }
    tagged(tag, time, bytes, at, end, around, false);
    return true;
  }

  private void skipStructuredData() {
    boolean quoted = false;
    int start = at;
    for (; at < end; at++) {
      byte b = bytes[at];
      if (b == '\\' && quoted) {
        at++;
      } else if (b == '"') {
        quoted = !quoted;
      } else if (b == ']'
          && !quoted
          && (at + 1 >= end || bytes[at + 1] != '[' || isSequence(at + 1))) {
        at++;
        return;
      }
    }
    at = start; // it does not end: rather the line's own text
  }

  /** HOST TAG[PID]: TEXT, where host, process or colon may be missing. */
  private void readHostAndTag(@Nullable Instant time, Layer around) {
    int stop = wordEnd(at);
    boolean noHost = stop > at && (bytes[stop - 1] == ':' || bytes[stop - 1] == ']');
    if (!noHost && stop < end) {
      stop = wordEnd(stop + 1);
    }
    tagged(fileTags.of(bytes, at, stop), time, bytes, stop, end, around, false);
  }

  /**
   * A text of which the tag is known.
   *
   * @param inJson whether the tag stood in members of JSON, so that only rsyslog escaped the text
   */
  private void tagged(
      SyslogTag tag,
      @Nullable Instant time,
      byte[] text,
      int from,
      int to,
      Layer around,
      boolean inJson) {
    bytes = text;
    at = from;
    end = to;
    line.bare(text, from, to);
    if (tag.isHerokuPostgres()) {
      readHerokuText(tag, time, around);
      return;
    }
    // without a process a number in brackets is more likely the log_line_prefix's own
    boolean numbered = readSequence(!tag.process().isEmpty());
    if (!numbered && isPostgresJson()) {
      Layer layer = inside(around, text, at, to);
      if (layer != null && (inJson || deepen(layer, SYSLOG, text, at, to))) {
        layer.host = tag.host().isEmpty() ? layer.host : tag.host();
        layer.time = time;
        json(text, at, to, layer);
      }
      return;
    }
    if (!numbered && readRepeated(tag, time, around)) {
      return;
    }
    boolean plain = inJson ? !around.escaped : !numbered && isUnescapedFile(tag, text, at, to);
    if (plain) {
      line.text(text, at, to);
    } else {
      controls.restore(text, at, to, line);
    }
    server(tag, time, numbered, around);
  }

  /**
   * Whether the text comes from a file whose lines are not escaped. rsyslog's imfile takes them as
   * they are, so a TAB shows it; another rsyslog that receives them escapes.
   */
  private boolean isUnescapedFile(SyslogTag tag, byte[] text, int from, int to) {
    if (!tag.process().isEmpty()) {
      return false;
    }
    if (unescaped.contains(tag.stream())) {
      return true;
    }
    boolean shown = unescaped.size() < MAX_UNESCAPED && hasTab(text, from, to);
    if (shown) {
      unescaped.add(tag.stream());
    }
    return shown;
  }

  private static boolean hasTab(byte[] text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (text[i] == '\t') {
        return true;
      }
    }
    return false;
  }

  private boolean isPostgresJson() {
    return at < end && bytes[at] == '{' && EntryTexts.indexOf(bytes, at, end, SEVERITY_KEY) >= 0;
  }

  /** Tells the line that {@link #line} holds, if it is a server's. */
  private void server(SyslogTag tag, @Nullable Instant time, boolean numbered, Layer around) {
    boolean chunked = numbered && line.chunk() >= 0;
    if (!tag.mayBeServer() || !isPostgres(tag, chunked)) {
      foreign(tag);
      return;
    }
    Wrapping wrapping =
        tag.process().isEmpty() && !numbered ? Wrapping.FILE_OVER_SYSLOG : Wrapping.SYSLOG;
    String stream = tag.stream();
    if (tag.host().isEmpty() && !around.host.isEmpty()) {
      stream = around.host + " " + stream;
    }
    line.wrapped(wrapping, stream, time == null ? around.time : time);
    line.around(around.nesting.title(wrapping.title()), around.onlyPostgres, around.order);
    out.line(line);
  }

  private boolean isPostgres(SyslogTag tag, boolean chunked) {
    if (chunked || tag.isPostgres() || programs.contains(tag.program())) {
      return true;
    }
    boolean speaksLikeIt =
        programs.size() < MAX_PROGRAMS
            && (PrefixDetector.soundsLikePostgres(line.bytes(), line.from(), line.to())
                || looksLikeCsv(line.bytes(), line.from(), line.to()));
    if (speaksLikeIt) {
      programs.add(tag.program());
    }
    return speaksLikeIt;
  }

  // 2026-11-20 23:54:44.054 UTC,"user","database",…
  private static boolean looksLikeCsv(byte[] text, int from, int to) {
    if (LogTime.endOfSeconds(text, from, to) < 0) {
      return false;
    }
    int commas = 0;
    for (int i = from; i < to && commas < 12; i++) {
      commas += text[i] == ',' ? 1 : 0;
      if (commas == 0 && i > from + 40) {
        return false;
      }
    }
    return commas == 12;
  }

  private void foreign(SyslogTag tag) {
    String loss = null;
    if (tag.isCarrier()) {
      loss = LossReport.read(line.bytes(), line.from(), line.to());
    } else if (tag.program().equals("last")) {
      byte[] told = ("last " + textOfLine()).getBytes(UTF_8);
      loss = LossReport.readRepetition(told, 0, told.length);
    }
    if (loss == null) {
      out.ignored(IgnoredCause.OTHER_PROGRAM);
    } else {
      out.rejected(DeadLetterReason.LINES_LOST, loss, line.bytes(), line.from(), line.to());
    }
  }

  private String textOfLine() {
    return new String(line.bytes(), line.from(), Math.min(100, line.to() - line.from()), UTF_8)
        .strip();
  }

  /** {@code message repeated 3 times: [ TEXT]}: the text counts so many times. */
  private boolean readRepeated(SyslogTag tag, @Nullable Instant time, Layer around) {
    byte[] text = bytes;
    int count = at + REPEATED.length;
    if (!matches(at, REPEATED)) {
      return false;
    }
    int stop = digits(count);
    if (stop == count || stop - count > MAX_SEQUENCE_DIGITS || !matches(stop, TIMES)) {
      return false;
    }
    int last = end - 1;
    int from = stop + TIMES.length;
    if (last < from || bytes[last] != ']') {
      return false;
    }
    long repetitions = number(count, stop);
    if (last - from >= REPEATED_CUT_AT) {
      String detail = "repetitions of a line that the syslog daemon shows only the beginning of";
      out.rejected(DeadLetterReason.DAMAGED_ENTRY, detail, text, from, last);
      return true;
    }
    from = bytes[from] == ' ' ? from + 1 : from;
    for (long i = 0; i < Math.min(repetitions, MAX_REPETITIONS); i++) {
      line.bare(text, from, last);
      controls.restore(text, from, last, line);
      server(tag, time, false, around);
    }
    if (repetitions > MAX_REPETITIONS) {
      String detail = "a line that is said to be repeated more than " + MAX_REPETITIONS + " times";
      out.rejected(DeadLetterReason.LINES_LOST, detail, text, from, last);
    }
    return true;
  }

  private boolean matches(int from, byte[] expected) {
    int stop = from + expected.length;
    return stop <= end && Arrays.equals(bytes, from, stop, expected, 0, expected.length);
  }

  // [COLOR] [N-M] TEXT; log services put the colour once more before it
  private void readHerokuText(SyslogTag tag, @Nullable Instant time, Layer around) {
    skipBlanks();
    if (at < end && bytes[at] != '[') {
      at = Math.min(end, wordEnd(at) + 1);
    }
    String attachment = "";
    if (at < end && bytes[at] == '[' && !isSequence(at)) {
      int start = at + 1;
      while (at < end && bytes[at] != ']') {
        at++;
      }
      attachment = at > start ? names.of(bytes, start, at) : "";
      at = Math.min(end, at + 1);
    }
    line.wrapped(Wrapping.HEROKU, tag.stream(attachment), time == null ? around.time : time);
    line.around(around.nesting.title(HEROKU), around.onlyPostgres, around.order);
    line.attachment(attachment);
    readSequence(true);
    line.text(bytes, at, end);
    out.line(line);
  }

  /**
   * Reads {@code [N-M] } or {@code [N] } after blanks, and the one blank after it; without them
   * takes off one blank.
   */
  private boolean readSequence(boolean loneNumber) {
    int start = at;
    skipBlanks();
    if (!isSequence(at) || !(loneNumber || bytes[digits(at + 1)] == '-')) {
      at = start < end && bytes[start] == ' ' ? start + 1 : start;
      return false;
    }
    int messageEnd = digits(at + 1);
    long message = number(at + 1, messageEnd);
    long chunk = UnwrappedLine.NO_NUMBER;
    int stop = messageEnd;
    if (bytes[stop] == '-') {
      stop = digits(messageEnd + 1);
      chunk = number(messageEnd + 1, stop);
    }
    line.numbers(message, chunk);
    at = stop + 1;
    if (at < end && bytes[at] == ' ') {
      at++;
    }
    return true;
  }

  private boolean isSequence(int from) {
    if (from >= end || bytes[from] != '[') {
      return false;
    }
    int stop = digits(from + 1);
    if (stop == from + 1 || stop - from > MAX_SEQUENCE_DIGITS) {
      return false;
    }
    if (stop < end && bytes[stop] == '-') {
      int chunk = stop + 1;
      stop = digits(chunk);
      if (stop == chunk || stop - chunk > MAX_SEQUENCE_DIGITS) {
        return false;
      }
    }
    return stop < end && bytes[stop] == ']' && (stop + 1 == end || bytes[stop + 1] == ' ');
  }

  // ---- bytes

  private int wordEnd(int from) {
    int stop = from;
    while (stop < end && bytes[stop] != ' ') {
      stop++;
    }
    return stop;
  }

  private void skipBlanks() {
    while (at < end && bytes[at] == ' ') {
      at++;
    }
  }

  private int digits(int from) {
    int stop = from;
    while (stop < end && isDigit(bytes[stop])) {
      stop++;
    }
    return stop;
  }

  private long number(int from, int to) {
    return number(bytes, from, to);
  }

  /** {@link UnwrappedLine#NO_ORDER} when there are no digits, or too many. */
  private static long number(byte[] text, int from, int to) {
    if (from >= to || to - from > MAX_SEQUENCE_DIGITS) {
      return UnwrappedLine.NO_ORDER;
    }
    long value = 0;
    for (int i = from; i < to; i++) {
      if (!isDigit(text[i])) {
        return UnwrappedLine.NO_ORDER;
      }
      value = value * 10 + (text[i] - '0');
    }
    return value;
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  // ---- state

  /** What was learnt of tags so far, to be given to {@link #restore} after a restart. */
  public Collection<String> learnt() {
    List<String> learnt = new ArrayList<>(programs);
    unescaped.forEach(stream -> learnt.add(UNESCAPED_MARK + stream));
    return learnt;
  }

  /** Gives each piece of state that changed since the last call; a null piece is gone. */
  public void drainChanges(BiConsumer<String, byte @Nullable []> changes) {
    partials.drainChanges((name, piece) -> changes.accept("partial " + name, piece));
    seen.drainChanges((name, piece) -> changes.accept("seen " + name, piece));
  }

  /**
   * Takes back what was remembered.
   *
   * @param pieces of each name the last one that was not null
   */
  public void restore(Collection<String> learnt, Map<String, byte[]> pieces) {
    for (String one : learnt) {
      if (one.startsWith(UNESCAPED_MARK)) {
        unescaped.add(one.substring(UNESCAPED_MARK.length()));
      } else {
        programs.add(one);
      }
    }
    partials.restore(named("partial ", pieces));
    seen.restore(named("seen ", pieces));
  }

  private static Map<String, byte[]> named(String kind, Map<String, byte[]> pieces) {
    Map<String, byte[]> found = new LinkedHashMap<>();
    pieces.forEach(
        (name, piece) -> {
          if (name.startsWith(kind)) {
            found.put(name.substring(kind.length()), piece);
          }
        });
    return found;
  }

  /** Stands for an outlet until there is one. */
  private static final class Nowhere implements Outlet {
    @Override
    public void line(UnwrappedLine line) {}

    @Override
    public void fields(FieldEntry entry, UnwrappedLine around) {}

    @Override
    public void ignored(IgnoredCause why) {}

    @Override
    public void rejectedAt(Place place, DeadLetterReason reason, String detail, byte[] excerpt) {}

    @Override
    public Place place() {
      return new Place("", 0);
    }

    @Override
    public void rejected(DeadLetterReason reason, String detail, byte[] bytes, int from, int to) {}
  }
}
