package dev.logdex.normalizer.logentry;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logdex.normalizer.envelope.EnvelopeReader;
import dev.logdex.normalizer.envelope.IgnoredCause;
import dev.logdex.normalizer.envelope.UnwrappedLine;
import dev.logdex.normalizer.event.DeadLetter;
import dev.logdex.normalizer.event.DeadLetterReason;
import dev.logdex.normalizer.logline.KnownNames;
import dev.logdex.normalizer.logline.LinePrefix;
import dev.logdex.normalizer.logline.PrefixDetector;
import dev.logdex.normalizer.statement.Credentials;
import dev.logdex.normalizer.statement.Execution;
import dev.logdex.normalizer.statement.LogEntry;
import dev.logdex.normalizer.statement.LoggedPlan;
import dev.logdex.normalizer.statement.StateText;
import dev.logdex.normalizer.statement.StatementEvent;
import dev.logdex.normalizer.statement.StatementLog;
import dev.logdex.normalizer.structured.FieldEntry;
import dev.logdex.normalizer.structured.FieldReader;
import dev.logdex.normalizer.text.Place;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads one source: takes records apart, and passes each line on until the sink is told. */
final class SourceReader implements InspectableLog {
  private static final String STAGE = "normalizer";
  private static final byte[] NONE = {};
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

  private final String source;
  private final LogSettings settings;
  private final GuardedSink sink;
  private final KnownNames names = new KnownNames();
  private final PrefixDetector detector;
  private final EntryJoiner joiner;
  private final CsvStreams csv;
  private final FieldReader fieldReader;
  private final StatementLog statements;
  private final SourceCounts counts = new SourceCounts();
  private final EnvelopeReader.Outlet fromEnvelopes = new FromEnvelopes();
  private final StatePieces pieces = new StatePieces();
  private final EnvelopeReader envelopes;
  private int unitFrom;
  private int unitTo;
  private boolean inDocument;
  private byte[] record = NONE;
  private Instant arrived = Instant.MIN;
  private String lastPlace = "";
  private long lineNumber;
  private boolean namesChanged;
  private boolean headerChanged;

  SourceReader(String source, LogSettings settings, LogSink sink) {
    this.source = source;
    this.settings = settings;
    this.sink = new GuardedSink(sink);
    this.detector = new PrefixDetector(settings.prefix(), names);
    this.envelopes =
        new EnvelopeReader(settings.zone(), settings.envelope(), settings.maxEntryBytes());
    this.joiner = new EntryJoiner(settings, detector, new FromJoiner());
    this.csv = new CsvStreams(settings, new FromCsv());
    this.fieldReader = new FieldReader(settings.zone());
    this.statements =
        new StatementLog(
            settings.maxPendingBackends(), settings.maxPendingBytes(), new FromStatements());
  }

  /**
   * {@inheritDoc}
   *
   * <p>Line numbers in places go on from record to record while the place stays the same, as with
   * the blocks of one file. A last line without its line end counts as whole.
   */
  @Override
  public void accept(byte[] value, int offset, int length, String place, Instant arrivedAt) {
    if (!place.equals(lastPlace)) {
      lastPlace = place;
      lineNumber = 0;
    }
    headerChanged = true;
    arrived = arrivedAt;
    if (!envelopes.isCompressed(value, offset, offset + length)) {
      readUnits(value, offset, offset + length);
      return;
    }
    byte[] plain = envelopes.inflate(value, offset, offset + length, fromEnvelopes);
    if (plain != null) {
      readUnits(plain, 0, plain.length);
    }
  }

  /** A unit is a line, or a document of JSON, which may have several lines or share one. */
  private void readUnits(byte[] value, int start, int end) {
    record = value;
    int from = start;
    while (from < end) {
      int to = envelopes.endOfUnit(value, from, end, fromEnvelopes);
      unitFrom = from;
      unitTo = to;
      inDocument = isDocument(value, from, to);
      lineNumber++;
      counts.line();
      int first = lineNumber == 1 ? skipMark(value, from, to) : from;
      try {
        envelopes.read(value, first, to, arrived, fromEnvelopes);
      } catch (RuntimeException | StackOverflowError e) { // a defect must cost this line only
        failed(e, place());
        joiner.abandon();
      }
      lineNumber += furtherLines(value, from, to);
      from = to < end && value[to] == '\n' ? to + 1 : to;
    }
    try {
      envelopes.endOfRecord(arrived, fromEnvelopes);
    } catch (RuntimeException | StackOverflowError e) { // likewise
      failed(e, place());
      joiner.abandon();
    }
    joiner.endOfRecord();
    record = NONE;
  }

  private Place place() {
    return new Place(lastPlace, lineNumber);
  }

  /** Only documents of JSON, and syslog messages behind their length, have any. */
  private static int furtherLines(byte[] value, int from, int to) {
    int lines = 0;
    boolean several = isDocument(value, from, to) || EnvelopeReader.isFrame(value, from, to);
    for (int at = from; several && at < to; at++) {
      lines += value[at] == '\n' ? 1 : 0;
    }
    return lines;
  }

  private static boolean isDocument(byte[] value, int from, int to) {
    return to > from && (value[from] == '{' || value[from] == '[');
  }

  /** Tells of a defect of ours; what the sink itself throws is its own and goes on. */
  private void failed(Throwable defect, Place place) {
    sink.rethrow();
    reject(
        DeadLetterReason.INTERNAL,
        "reading the log failed: " + defect.getClass().getSimpleName(),
        place,
        null,
        "");
  }

  private static int skipMark(byte[] value, int from, int to) {
    boolean mark = to - from >= BYTE_ORDER_MARK.length;
    for (int i = 0; mark && i < BYTE_ORDER_MARK.length; i++) {
      mark = value[from + i] == BYTE_ORDER_MARK[i];
    }
    return mark ? from + BYTE_ORDER_MARK.length : from;
  }

  @Override
  public void settle() {
    headerChanged = true;
    joiner.completeAll();
  }

  @Override
  public void flush() {
    envelopes.endOfInput(fromEnvelopes);
    settle();
    try {
      statements.settleAll();
    } catch (RuntimeException | StackOverflowError e) { // a defect must not stop the others
      failed(e, new Place(lastPlace, lineNumber));
    }
  }

  @Override
  public LogFacts facts() {
    LinePrefix prefix = detector.prefix();
    return counts.facts(prefix == null ? null : prefix.toString(), suggestion(prefix));
  }

  private @Nullable String suggestion(@Nullable LinePrefix prefix) {
    if (detector.unfitting() > detector.fitting()) {
      String fits = detector.otherPrefix();
      return detector.unfitting()
          + " lines hold a level word behind a log_line_prefix that is not "
          + (settings.prefix() == null ? "known" : "'" + settings.prefix() + "'")
          + (fits == null
              ? "; SHOW log_line_prefix tells the one to configure"
              : "; '" + fits + "' would fit");
    }
    if (detector.unknownWords() > 0) {
      return detector.unknownWords()
          + " lines have a word for their level that is in no known language, '"
          + detector.unknownWord()
          + "' for one; set lc_messages = 'C'";
    }
    long unread = statements.counts().messagesInUnknownLanguage();
    if (unread > 0) {
      return unread
          + " entries look like statement logging in a language that is not known; set"
          + " lc_messages = 'C'";
    }
    if (counts.zoneUnknown() > 0) {
      return counts.zoneUnknown()
          + " entries have a time whose zone is not known; configure log_timezone";
    }
    String ambiguous = joiner.ambiguousZone();
    if (ambiguous != null) {
      return "times are in zone '"
          + ambiguous
          + "', which is the name of several; configure log_timezone";
    }
    if (prefix != null && counts.entriesWithDatabase() == 0 && counts.entries() > 0) {
      return "no entry names its database; a log_line_prefix with %d would tell it";
    }
    return null;
  }

  private final class FromEnvelopes implements EnvelopeReader.Outlet {
    @Override
    public void line(UnwrappedLine line) {
      counts.form(line.form());
      if (!line.wrapping().isChunked()
          && csv.read(line.bytes(), line.from(), line.to(), line.stream(), arrived, place())) {
        return;
      }
      boolean withinUnit = line.bytes() == record && line.from() >= unitFrom && line.to() <= unitTo;
      joiner.read(line, record, withinUnit && !inDocument, arrived, lastPlace, lineNumber);
    }

    @Override
    public void fields(FieldEntry entry, UnwrappedLine around) {
      counts.form(around.form());
      LogEntry told = fieldReader.entry(entry, around.stream(), arrived, place());
      if (told == null) {
        String detail = "fields with neither level nor message";
        reject(DeadLetterReason.NOT_A_LOG_LINE, detail, place(), around.time(), "");
        return;
      }
      counts.fieldEntry(told, told.loggedAt() == null && FieldReader.isTimed(entry));
      sink.entry(told);
      statements.message(told);
    }

    @Override
    public boolean isInside(String stream) {
      return csv.isOpen(stream);
    }

    @Override
    public void ignored(IgnoredCause why) {
      counts.ignored(
          switch (why) {
            case OTHER_PROGRAM -> Ignored.OTHER_PROGRAM;
            case AUDIT -> Ignored.AUDIT;
            case CONTROL -> Ignored.SHIPPERS_OWN;
            case SENT_AGAIN -> Ignored.REPEATED;
            case EMPTY -> Ignored.BLANK;
          });
    }

    @Override
    public void rejected(DeadLetterReason reason, String detail, byte[] bytes, int from, int to) {
      int end = Math.min(to, from + OpenEntries.MAX_EXCERPT_BYTES);
      reject(reason, detail, place(), null, new String(bytes, from, end - from, UTF_8));
    }

    @Override
    public void rejectedAt(Place place, DeadLetterReason reason, String detail, byte[] excerpt) {
      int end = Math.min(excerpt.length, OpenEntries.MAX_EXCERPT_BYTES);
      reject(reason, detail, place, null, new String(excerpt, 0, end, UTF_8));
    }

    @Override
    public Place place() {
      return SourceReader.this.place();
    }
  }

  private final class FromJoiner implements EntryJoiner.Outlet {
    @Override
    public void complete(OpenEntry open) {
      OpenEntry.Head head = open.head();
      try {
        LogEntry entry = open.toEntry();
        counts.entry(head);
        sink.entry(entry);
        statements.message(entry);
      } catch (RuntimeException | StackOverflowError e) { // a defect must cost this entry only
        failed(e, head.place());
      }
    }

    @Override
    public void lost(String backend) {
      statements.lost(backend);
    }

    @Override
    public void missing(String backend, long count) {
      counts.missing(count);
      statements.lost(backend);
    }

    @Override
    public void ignored(Ignored why) {
      counts.ignored(why);
    }

    @Override
    public void cut(Cut what) {
      counts.cut(what);
    }

    @Override
    public void rejected(
        DeadLetterReason reason,
        String detail,
        Place place,
        @Nullable Instant loggedAt,
        String excerpt) {
      reject(reason, detail, place, loggedAt, excerpt);
    }

    @Override
    public void authorized(String message) {
      namesChanged |= names.learn(message);
    }
  }

  private final class FromCsv implements CsvStreams.Outlet {
    @Override
    public void begins(String stream) {
      joiner.complete(stream);
    }

    @Override
    public void entry(LogEntry entry, boolean zoneUnknown) {
      try {
        counts.csvEntry(entry, zoneUnknown);
        sink.entry(entry);
        statements.message(entry);
      } catch (RuntimeException | StackOverflowError e) { // a defect must cost this entry only
        failed(e, entry.place());
      }
    }

    @Override
    public void rejected(
        DeadLetterReason reason,
        String detail,
        Place place,
        @Nullable Instant loggedAt,
        String excerpt) {
      reject(reason, detail, place, loggedAt, excerpt);
    }

    @Override
    public void ignored(Ignored why) {
      counts.ignored(why);
    }

    @Override
    public void cut(Cut what) {
      counts.cut(what);
    }
  }

  private final class FromStatements implements StatementLog.Outlet {
    @Override
    public void execution(Execution execution) {
      counts.execution();
      sink.execution(execution);
    }

    @Override
    public void event(StatementEvent event) {
      sink.event(event);
    }

    @Override
    public void plan(LoggedPlan plan) {
      sink.plan(plan);
    }

    @Override
    public void rejected(LogEntry message, DeadLetterReason reason, String detail) {
      String text = message.text().toString();
      int end = Math.min(text.length(), OpenEntries.MAX_EXCERPT_BYTES);
      reject(reason, detail, message.place(), message.at(), text.substring(0, end));
    }
  }

  private void reject(
      DeadLetterReason reason,
      String detail,
      Place place,
      @Nullable Instant loggedAt,
      String excerpt) {
    counts.deadLetter();
    sink.rejected(
        new DeadLetter(
            DeadLetter.VERSION,
            STAGE,
            reason,
            source,
            place.toString(),
            detail,
            loggedAt,
            Credentials.redacted(excerpt)));
  }

  // ---- state

  @Override
  public void drainChanges(BiConsumer<String, byte @Nullable []> changes) {
    try {
      Map<String, byte @Nullable []> remembered = new LinkedHashMap<>();
      envelopes.drainChanges(remembered::put);
      for (Map.Entry<String, byte @Nullable []> one : remembered.entrySet()) {
        byte[] piece = one.getValue();
        pieces.give("envelope", one.getKey(), piece == null ? null : o -> o.write(piece), changes);
      }
      give("open", joiner.open()::drain, changes);
      give("heard", joiner.chunks()::drain, changes);
      give("session", joiner.sessions()::drain, changes);
      give("csv", csv.open()::drain, changes);
      Map<String, StatementLog.@Nullable PendingState> pending = new LinkedHashMap<>();
      statements.drainChanges(pending::put);
      for (Map.Entry<String, StatementLog.@Nullable PendingState> one : pending.entrySet()) {
        StatementLog.PendingState state = one.getValue();
        pieces.give("pending", one.getKey(), state == null ? null : state::write, changes);
      }
      if (namesChanged) {
        pieces.give("names", "", this::writeNames, changes);
      }
      if (headerChanged) {
        pieces.give("header", "", this::writeHeader, changes);
      }
      namesChanged = false;
      headerChanged = false;
    } catch (IOException e) {
      throw new IllegalStateException("writing to memory failed", e);
    }
  }

  /** Gives what was drained of the items of one kind. */
  private <V extends RecentlyUsed.Item<V>> void give(
      String kind,
      Consumer<BiConsumer<String, @Nullable V>> drain,
      BiConsumer<String, byte @Nullable []> changes)
      throws IOException {
    Map<String, @Nullable V> drained = new LinkedHashMap<>();
    drain.accept(drained::put);
    for (Map.Entry<String, @Nullable V> one : drained.entrySet()) {
      V item = one.getValue();
      pieces.give(kind, one.getKey(), item == null ? null : item::write, changes);
    }
  }

  void restore(Iterable<Map.Entry<String, byte[]>> given) {
    try {
      Map<String, Map<String, DataInputStream>> states = pieces.take(given);
      Instant newest = Instant.MIN;
      Instant tornUntil = Instant.MIN;
      List<String> learnt = List.of();
      for (DataInputStream header : states.getOrDefault("header", Map.of()).values()) {
        lastPlace = StateText.readText(header);
        lineNumber = header.readLong();
        newest = StateText.readTime(header);
        tornUntil = StateText.readTime(header);
        detector.read(header);
        statements.read(header);
        counts.read(header);
        learnt = readTexts(header);
      }
      Map<String, byte[]> remembered = new LinkedHashMap<>();
      for (Map.Entry<String, DataInputStream> in :
          states.getOrDefault("envelope", Map.of()).entrySet()) {
        remembered.put(in.getKey(), in.getValue().readAllBytes());
      }
      envelopes.restore(learnt, remembered);
      for (DataInputStream in : states.getOrDefault("names", Map.of()).values()) {
        names.restore(readTexts(in));
      }
      joiner.open().restore(newest, tornUntil, items(states, "open", OpenStream::read));
      joiner.chunks().restore(items(states, "heard", ChunkMemory.Heard::read));
      csv.open().restore(items(states, "csv", csv::read));
      joiner.sessions().restore(items(states, "session", SessionLines.Session::read));
      statements.restore(states.getOrDefault("pending", Map.of()));
    } catch (IOException e) {
      throw new IllegalArgumentException("state of source '" + source + "' is damaged", e);
    }
  }

  private interface ItemReader<V> {
    V read(String name, DataInputStream in) throws IOException;
  }

  private static <V> List<V> items(
      Map<String, Map<String, DataInputStream>> states, String kind, ItemReader<V> reader)
      throws IOException {
    List<V> items = new ArrayList<>();
    for (Map.Entry<String, DataInputStream> in : states.getOrDefault(kind, Map.of()).entrySet()) {
      items.add(reader.read(in.getKey(), in.getValue()));
    }
    return items;
  }

  private void writeHeader(DataOutputStream out) throws IOException {
    StateText.write(out, lastPlace);
    out.writeLong(lineNumber);
    StateText.write(out, joiner.open().newest());
    StateText.write(out, joiner.open().tornUntil());
    detector.write(out);
    statements.write(out);
    counts.write(out);
    writeTexts(out, List.copyOf(envelopes.learnt()));
  }

  private void writeNames(DataOutputStream out) throws IOException {
    writeTexts(out, names.toList());
  }

  private static void writeTexts(DataOutputStream out, List<String> texts) throws IOException {
    out.writeInt(texts.size());
    for (String text : texts) {
      StateText.write(out, text);
    }
  }

  private static List<String> readTexts(DataInputStream in) throws IOException {
    int size = in.readInt();
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      texts.add(StateText.readText(in));
    }
    return texts;
  }
}
