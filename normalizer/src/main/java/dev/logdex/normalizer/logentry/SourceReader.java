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
import dev.logdex.normalizer.statement.Execution;
import dev.logdex.normalizer.statement.LogEntry;
import dev.logdex.normalizer.statement.LoggedPlan;
import dev.logdex.normalizer.statement.StateText;
import dev.logdex.normalizer.statement.StatementEvent;
import dev.logdex.normalizer.statement.StatementLog;
import dev.logdex.normalizer.structured.FieldEntry;
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
import org.jspecify.annotations.Nullable;

/** Reads one source: takes records apart, and passes each line on until the sink is told. */
final class SourceReader implements InspectableLog {
  private static final String STAGE = "normalizer";
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

  private final String source;
  private final LogSettings settings;
  private final LogSink sink;
  private final KnownNames names = new KnownNames();
  private final PrefixDetector detector;
  private final EntryJoiner joiner;
  private final StatementLog statements;
  private final SourceCounts counts = new SourceCounts();
  private final EnvelopeReader.Outlet fromEnvelopes = new FromEnvelopes();
  private final StatePieces pieces = new StatePieces();
  private final EnvelopeReader envelopes;
  private Instant arrived = Instant.MIN;
  private String lastPlace = "";
  private long lineNumber;
  private boolean namesChanged;
  private boolean headerChanged;

  SourceReader(String source, LogSettings settings, LogSink sink) {
    this.source = source;
    this.settings = settings;
    this.sink = sink;
    this.detector = new PrefixDetector(settings.prefix(), names);
    this.envelopes =
        new EnvelopeReader(settings.zone(), settings.envelope(), settings.maxEntryBytes());
    this.joiner = new EntryJoiner(settings, detector, new FromJoiner());
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
    if (envelopes.isCompressed(value, offset, offset + length)) {
      byte[] plain = envelopes.inflate(value, offset, offset + length, fromEnvelopes);
      if (plain != null) {
        readUnits(plain, 0, plain.length);
      }
    } else {
      readUnits(value, offset, offset + length);
    }
    envelopes.endOfRecord(arrived, fromEnvelopes);
  }

  /** A unit is a line, or a document of JSON, which may have several lines or share one. */
  private void readUnits(byte[] value, int start, int end) {
    int from = start;
    while (from < end) {
      int to = envelopes.endOfUnit(value, from, end, fromEnvelopes);
      lineNumber++;
      counts.line();
      int first = lineNumber == 1 ? skipMark(value, from, to) : from;
      envelopes.read(value, first, to, arrived, fromEnvelopes);
      lineNumber += furtherLines(value, from, to);
      from = to < end && value[to] == '\n' ? to + 1 : to;
    }
  }

  private static int furtherLines(byte[] value, int from, int to) {
    int lines = 0;
    // only documents of JSON have any
    boolean document = to > from && (value[from] == '{' || value[from] == '[');
    for (int at = from; document && at < to; at++) {
      lines += value[at] == '\n' ? 1 : 0;
    }
    return lines;
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
    statements.settleAll();
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
    if (counts.zoneUnknown() > 0) {
      return counts.zoneUnknown()
          + " entries have a time whose zone is not known; configure log_timezone";
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
      joiner.read(line, arrived, place());
    }

    @Override
    public void fields(FieldEntry entry, UnwrappedLine around) {
      counts.form(around.form());
      String detail = "an entry in fields, which cannot be read yet";
      reject(DeadLetterReason.NOT_A_LOG_LINE, detail, place(), around.time(), "");
    }

    @Override
    public void ignored(IgnoredCause why) {
      counts.ignored();
    }

    @Override
    public void rejected(DeadLetterReason reason, String detail, byte[] bytes, int from, int to) {
      int end = Math.min(to, from + EntryJoiner.MAX_EXCERPT_BYTES);
      reject(reason, detail, place(), null, new String(bytes, from, end - from, UTF_8));
    }

    private Place place() {
      return new Place(lastPlace, lineNumber);
    }
  }

  private final class FromJoiner implements EntryJoiner.Outlet {
    @Override
    public void complete(OpenEntry open) {
      LogEntry entry = open.toEntry();
      OpenEntry.Head head = open.head();
      counts.entry(head);
      sink.entry(entry);
      String language = head.language();
      if (language != null) {
        statements.foreignLanguage(entry, language);
      }
      statements.message(entry);
    }

    @Override
    public void lost(String backend) {
      statements.lost(backend);
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
    public void ignored() {
      counts.ignored();
    }

    @Override
    public void authorized(String message) {
      namesChanged |= names.learn(message);
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
      int end = Math.min(text.length(), EntryJoiner.MAX_EXCERPT_BYTES);
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
            excerpt));
  }

  // ---- state

  @Override
  public void drainChanges(BiConsumer<String, byte @Nullable []> changes) {
    try {
      for (String stream : joiner.drainChanged()) {
        OpenEntry entry = joiner.entry(stream);
        pieces.give("open", stream, entry == null ? null : entry::write, changes);
      }
      for (String stream : joiner.chunks().drainChanged()) {
        ChunkMemory.Heard heard = joiner.chunks().of(stream);
        pieces.give("heard", stream, heard == null ? null : heard::write, changes);
      }
      Map<String, byte @Nullable []> remembered = new LinkedHashMap<>();
      envelopes.drainChanges(remembered::put);
      for (Map.Entry<String, byte @Nullable []> one : remembered.entrySet()) {
        byte[] piece = one.getValue();
        pieces.give("envelope", one.getKey(), piece == null ? null : o -> o.write(piece), changes);
      }
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

  void restore(Iterable<Map.Entry<String, byte[]>> given) {
    try {
      Map<String, Map<String, DataInputStream>> states = pieces.take(given);
      Instant newest = Instant.MIN;
      Instant tornUntil = Instant.MIN;
      long order = 0;
      List<String> programs = List.of();
      for (DataInputStream header : states.getOrDefault("header", Map.of()).values()) {
        lastPlace = StateText.readText(header);
        lineNumber = header.readLong();
        order = header.readLong();
        newest = StateText.readTime(header);
        tornUntil = StateText.readTime(header);
        detector.read(header);
        statements.read(header);
        counts.read(header);
        programs = readTexts(header);
      }
      Map<String, byte[]> remembered = new LinkedHashMap<>();
      for (Map.Entry<String, DataInputStream> in :
          states.getOrDefault("envelope", Map.of()).entrySet()) {
        remembered.put(in.getKey(), in.getValue().readAllBytes());
      }
      envelopes.restore(programs, remembered);
      for (DataInputStream in : states.getOrDefault("names", Map.of()).values()) {
        List<String> texts = readTexts(in);
        for (int i = 0; i + 1 < texts.size(); i += 2) {
          names.add(texts.get(i), texts.get(i + 1));
        }
      }
      Map<String, OpenEntry> open = new LinkedHashMap<>();
      for (Map.Entry<String, DataInputStream> in :
          states.getOrDefault("open", Map.of()).entrySet()) {
        open.put(in.getKey(), OpenEntry.read(in.getValue()));
      }
      joiner.restore(order, newest, tornUntil, open);
      Map<String, ChunkMemory.Heard> heard = new LinkedHashMap<>();
      for (Map.Entry<String, DataInputStream> in :
          states.getOrDefault("heard", Map.of()).entrySet()) {
        heard.put(in.getKey(), ChunkMemory.Heard.read(in.getValue()));
      }
      joiner.chunks().restore(heard);
      statements.restore(states.getOrDefault("pending", Map.of()));
    } catch (IOException e) {
      throw new IllegalArgumentException("state of source '" + source + "' is damaged", e);
    }
  }

  private void writeHeader(DataOutputStream out) throws IOException {
    StateText.write(out, lastPlace);
    out.writeLong(lineNumber);
    out.writeLong(joiner.order());
    StateText.write(out, joiner.newest());
    StateText.write(out, joiner.tornUntil());
    detector.write(out);
    statements.write(out);
    counts.write(out);
    writeTexts(out, List.copyOf(envelopes.programs()));
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
