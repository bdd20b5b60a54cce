package dev.logdex.normalizer.logentry;

import dev.logdex.normalizer.event.DeadLetterReason;
import dev.logdex.normalizer.statement.LogEntry;
import dev.logdex.normalizer.statement.StateText;
import dev.logdex.normalizer.structured.CsvLog;
import dev.logdex.normalizer.structured.FieldEntry;
import dev.logdex.normalizer.structured.FieldReader;
import dev.logdex.normalizer.text.ByteSearch;
import dev.logdex.normalizer.text.Place;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The csvlog in a source's streams: takes the lines that are csvlog's, and leaves the others. */
final class CsvStreams {
  /** Takes what is found out. */
  interface Outlet {
    /**
     * A csvlog record begins: what the stream has open of another form has ended.
     *
     * @param stream empty where the source has only one
     */
    void begins(String stream);

    void entry(LogEntry entry, boolean zoneUnknown);

    void rejected(
        DeadLetterReason reason,
        String detail,
        Place place,
        @Nullable Instant loggedAt,
        String excerpt);

    void ignored(Ignored why);

    void cut(Cut what);
  }

  /** A stream whose record is not complete. */
  static final class Open extends RecentlyUsed.Item<Open> {
    private final CsvLog log;
    private final Place place;

    Open(String name, CsvLog log, Place place) {
      super(name);
      this.log = log;
      this.place = place;
    }

    @Override
    void write(DataOutputStream out) throws IOException {
      out.writeLong(order);
      StateText.write(out, place.record());
      out.writeLong(place.line());
      log.write(out);
    }
  }

  private final LogSettings settings;
  private final FieldReader fields;
  private final Outlet outlet;
  private final RecentlyUsed<Open> open = new RecentlyUsed<>();
  private CsvLog idle;
  private long keptBytes;

  CsvStreams(LogSettings settings, Outlet outlet) {
    this.settings = settings;
    this.fields = new FieldReader(settings.zone());
    this.outlet = outlet;
    this.idle = new CsvLog(settings.maxEntryBytes());
  }

  /** Whether the stream's record goes on, so that its next line is part of it whatever it holds. */
  boolean isOpen(String stream) {
    return open.size() > 0 && open.get(stream) != null;
  }

  /**
   * Reads what may be a line of a record, or several of them.
   *
   * @return whether it was; false where the line is to be read in another way
   */
  boolean read(byte[] bytes, int from, int to, String stream, Instant arrivedAt, Place place) {
    if (!isOpen(stream) && !CsvLog.begins(bytes, from, to) && !isHeader(bytes, from, to)) {
      return false;
    }
    int start = from;
    boolean taken = false;
    while (start <= to) {
      int end = ByteSearch.find(bytes, start, to, (byte) '\n');
      taken |= readLine(bytes, start, end, stream, arrivedAt, place);
      start = end + 1;
    }
    return taken;
  }

  private static boolean isHeader(byte[] bytes, int from, int to) {
    return to - from > 9 && bytes[from] == 'l' && bytes[from + 3] == '_' && bytes[from + 8] == ',';
  }

  private boolean readLine(
      byte[] bytes, int from, int to, String stream, Instant arrivedAt, Place place) {
    Open known = open.get(stream);
    CsvLog log = known == null ? idle : known.log;
    Place begunAt = known == null ? place : known.place;
    int before = known == null ? 0 : log.keptBytes();
    CsvLog.Fed fed = log.feed(bytes, from, to);
    keptBytes -= before;
    if (log.isCutShort()) {
      reject(log, DeadLetterReason.DAMAGED_ENTRY, "lines of a csvlog record are missing", begunAt);
      begunAt = place;
    }
    settle(stream, known, log, begunAt, log.isCutShort());
    switch (fed) {
      case NOT_TAKEN -> {
        return false;
      }
      case HEADER -> outlet.ignored(Ignored.OTHER_PROGRAM);
      case SWALLOWED -> outlet.ignored(Ignored.AFTER_GIVE_UP);
      case MORE -> outlet.begins(stream);
      case ENTRY -> {
        outlet.begins(stream);
        tell(log.entry(), stream, arrivedAt, begunAt);
      }
      case DAMAGED ->
          reject(log, DeadLetterReason.DAMAGED_ENTRY, "no whole csvlog record", begunAt);
      case TOO_LONG -> {
        outlet.cut(Cut.ENTRY_TOO_LONG);
        String detail = "longer than " + settings.maxEntryBytes() + " bytes";
        reject(log, DeadLetterReason.ENTRY_TOO_LONG, detail, begunAt);
      }
    }
    return true;
  }

  /** Keeps the record that is open now, within bounds. */
  private void settle(
      String stream, @Nullable Open known, CsvLog log, Place begunAt, boolean begunAnew) {
    if (known != null && (!log.isOpen() || begunAnew)) {
      open.remove(known);
      idle = log;
    }
    if (!log.isOpen()) {
      return;
    }
    keptBytes += log.keptBytes();
    if (known != null && !begunAnew) {
      open.use(known);
    } else {
      open.add(new Open(stream, log, begunAt));
      idle = new CsvLog(settings.maxEntryBytes());
    }
    while (open.size() > settings.maxPendingBackends()) {
      outlet.cut(Cut.TOO_MANY_PROCESSES);
      abandonEldest();
    }
    while (keptBytes > settings.maxPendingBytes() && open.size() > 1) {
      outlet.cut(Cut.TOO_MUCH_TEXT);
      abandonEldest();
    }
  }

  private void abandonEldest() {
    Open eldest = open.eldest();
    if (eldest != null) {
      open.remove(eldest);
      keptBytes -= eldest.log.keptBytes();
      eldest.log.abandon();
      reject(
          eldest.log,
          DeadLetterReason.DAMAGED_ENTRY,
          "the rest of a csvlog record did not come",
          eldest.place);
    }
  }

  private void tell(FieldEntry entry, String stream, Instant arrivedAt, Place place) {
    LogEntry told = fields.entry(entry, stream, arrivedAt, place);
    if (told != null) {
      outlet.entry(told, told.loggedAt() == null && FieldReader.isTimed(entry));
    }
  }

  private void reject(CsvLog log, DeadLetterReason reason, String detail, Place place) {
    outlet.rejected(reason, detail, place, null, log.excerpt().toString());
  }

  // ---- state

  RecentlyUsed<Open> open() {
    return open;
  }

  Open read(String name, DataInputStream in) throws IOException {
    long order = in.readLong();
    Place place = new Place(StateText.readText(in), in.readLong());
    CsvLog log = new CsvLog(settings.maxEntryBytes());
    log.read(in);
    keptBytes += log.keptBytes();
    Open read = new Open(name, log, place);
    read.order = order;
    return read;
  }
}
