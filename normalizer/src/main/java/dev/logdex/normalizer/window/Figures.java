package dev.logdex.normalizer.window;

import dev.logdex.normalizer.event.PlanEvidence;
import dev.logdex.normalizer.event.QueryWindow;
import dev.logdex.normalizer.event.Sample;
import dev.logdex.normalizer.event.WindowDetails;
import dev.logdex.normalizer.statement.StatementEvent;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What one window adds up. Everything comes out the same in whatever order it is added: times are
 * summed in whole microseconds, the unit in which they are logged. Not thread-safe.
 */
final class Figures {
  /** Names of users are at most 63 bytes long unless somebody built a server so. */
  static final int LONGEST_NAME = 100;

  private static final int MOST_USERS = 100;
  private static final int MOST_QUERY_IDS = 16;
  private static final int LONGEST_QUERY_ID = 20;
  private static final double MICROS_PER_MS = 1000;

  /** A time or size beyond any that can be; what is larger is damage, and must not overflow. */
  private static final double MOST = 1e15;

  /** What the objects of a window take in memory, about, without its texts. */
  private static final int OBJECTS_BYTES = 700;

  final SampleSet samples = new SampleSet();
  final PlanSet planSet = new PlanSet();
  private final Durations durations = new Durations();
  private final BoundedCounts users = new BoundedCounts(MOST_USERS, LONGEST_NAME);
  private @Nullable TagCounts tags;
  private @Nullable BoundedCounts queryIds;
  private long lastQueryId;
  private int lastQueryIdAt = -1;
  private long calls;
  private long timedCalls;
  private long totalMicros;
  private long minMicros;
  private long maxMicros;
  private long errors;
  private long cancellations;
  private long lockWaits;
  private long deadlocks;
  private long temporaryFiles;
  private long temporaryBytes;
  private long parseMicros;
  private long bindMicros;
  private long fetches;
  private long plans;
  private long rowPlans;
  private long rows;
  private boolean sketched;
  private boolean grown = true;

  /** Adds a call; tells whether names that are kept have changed. */
  boolean call(String user, long micros) {
    calls++;
    if (micros != SampleSet.UNTIMED) {
      timed(1, micros, micros, micros);
      if (durations.add(micros)) {
        sketched = true;
        grown = true;
      }
    }
    return grown(users.add(user, 1));
  }

  /** Counts calls under the server's own identity; tells whether those that are kept changed. */
  boolean queryId(long id, long count) {
    if (id == lastQueryId && queryIds != null && lastQueryIdAt >= 0) {
      queryIds.addAt(lastQueryIdAt, count);
      return false;
    }
    if (queryIds == null) {
      queryIds = new BoundedCounts(MOST_QUERY_IDS, LONGEST_QUERY_ID);
    }
    String name = Long.toString(id);
    boolean changed = queryIds.add(name, count);
    lastQueryId = id;
    lastQueryIdAt = queryIds.indexOf(name);
    return grown(changed);
  }

  /** Adds the tags of a call; tells whether those that are kept have changed. */
  boolean tags(Map<String, String> ofCall) {
    if (tags == null) {
      tags = new TagCounts();
    }
    return grown(tags.add(ofCall));
  }

  void event(StatementEvent event) {
    long micros = micros(event.elapsedMs());
    switch (event.kind()) {
      case ERROR -> errors++;
      case CANCELED -> cancellations++;
      case LOCK_WAIT -> lockWaits++;
      case DEADLOCK -> deadlocks++;
      case TEMPORARY_FILE -> {
        temporaryFiles++;
        temporaryBytes = sum(temporaryBytes, Math.max(0, event.bytes()));
      }
      case PARSE -> parseMicros = sum(parseMicros, micros);
      case BIND -> bindMicros = sum(bindMicros, micros);
      case FETCH -> {
        fetches++;
        totalMicros = sum(totalMicros, micros);
      }
    }
  }

  /**
   * Counts a plan.
   *
   * @param returned rows; negative when the plan does not tell
   */
  void plan(double returned) {
    plans++;
    if (returned >= 0) {
      rowPlans++;
      rows = sum(rows, whole(returned));
    }
  }

  /** Adds what there is elsewhere of the same window. */
  void add(QueryWindow other) {
    addOther(other);
    samples.addAll(other.samples());
    planSet.addAll(other.details().planEvidence());
    if (!other.details().tags().isEmpty()) {
      tags = tags == null ? new TagCounts() : tags;
      tags.addAll(other.details().tags());
    }
    other.details().queryIds().forEach(this::queryId);
  }

  /** Adds what there is of another statement: nothing that says which. */
  void addOther(QueryWindow other) {
    calls += other.calls();
    if (other.timedCalls() > 0) {
      timed(
          other.timedCalls(),
          micros(other.totalTimeMs()),
          micros(other.minTimeMs()),
          micros(other.maxTimeMs()));
    } else {
      totalMicros = sum(totalMicros, micros(other.totalTimeMs()));
    }
    other.users().forEach(users::add);
    addDetails(other.details());
  }

  private void addDetails(WindowDetails other) {
    errors += other.errors();
    cancellations += other.cancellations();
    lockWaits += other.lockWaits();
    deadlocks += other.deadlocks();
    temporaryFiles += other.temporaryFiles();
    temporaryBytes = sum(temporaryBytes, other.temporaryBytes());
    parseMicros = sum(parseMicros, micros(other.parseTimeMs()));
    bindMicros = sum(bindMicros, micros(other.bindTimeMs()));
    fetches += other.fetches();
    plans += other.plans();
    rowPlans += other.rowPlans();
    rows = sum(rows, other.rows());
    durations.add(other.durations());
  }

  /** The window that these figures are of, with these samples and no more plans than fit. */
  QueryWindow window(Identity identity, String part, List<Sample> chosen) {
    return new QueryWindow(
        QueryWindow.VERSION,
        identity.database(),
        identity.fingerprint(),
        identity.text(),
        identity.start(),
        identity.size(),
        part,
        calls,
        timedCalls,
        totalMicros / MICROS_PER_MS,
        minMicros / MICROS_PER_MS,
        maxMicros / MICROS_PER_MS,
        chosen,
        usersToMap(),
        details(RecordRoom.fitting(planSet.all(), identity.text(), chosen)));
  }

  private WindowDetails details(List<PlanEvidence> evidence) {
    Map<Long, Long> ids = new TreeMap<>();
    if (queryIds != null) {
      queryIds.forEach((id, count) -> ids.put(Long.valueOf(id), count));
    }
    return new WindowDetails(
        errors,
        cancellations,
        lockWaits,
        deadlocks,
        temporaryFiles,
        temporaryBytes,
        parseMicros / MICROS_PER_MS,
        bindMicros / MICROS_PER_MS,
        fetches,
        plans,
        rowPlans,
        rows,
        durations.sketch(),
        evidence,
        tags == null ? Map.of() : tags.toMap(),
        ids);
  }

  /** Whether they take more or less memory than when this was asked last. */
  boolean takeGrown() {
    boolean before = grown;
    grown = false;
    return before;
  }

  /** Says that samples or plans have changed. */
  void setGrown() {
    grown = true;
  }

  /** Calls whose user found no room. */
  long usersFolded() {
    return users.folded();
  }

  /** Tags of calls that found no room. */
  long tagsDropped() {
    return tags == null ? 0 : tags.dropped();
  }

  /** Calls under identities of the server that found no room. */
  long queryIdsDropped() {
    return queryIds == null ? 0 : queryIds.folded();
  }

  /** About how many bytes of memory they take. */
  long weight() {
    return OBJECTS_BYTES
        + samples.weight()
        + planSet.weight()
        + users.weight()
        + (tags == null ? 0 : tags.weight())
        + (queryIds == null ? 0 : queryIds.weight())
        + (sketched ? Durations.SKETCH_BYTES : 0);
  }

  /** The names that counts stand for: they change seldom, and the counts with every call. */
  void writeNames(ByteWriter out) {
    writeNames(users, out);
    out.writeByte(tags == null ? 0 : 1);
    if (tags != null) {
      tags.writeNames(out);
    }
    out.writeByte(queryIds == null ? 0 : 1);
    if (queryIds != null) {
      writeNames(queryIds, out);
    }
  }

  /** Reads names; their counts are read after them. */
  void readNames(ByteReader in) {
    readNames(users, in);
    if (in.readByte() != 0) {
      tags = new TagCounts();
      tags.readNames(in);
    }
    if (in.readByte() != 0) {
      queryIds = new BoundedCounts(MOST_QUERY_IDS, LONGEST_QUERY_ID);
      readNames(queryIds, in);
    }
  }

  void writeCounts(ByteWriter out) {
    for (long number :
        new long[] {
          calls,
          timedCalls,
          totalMicros,
          minMicros,
          maxMicros,
          errors,
          cancellations,
          lockWaits,
          deadlocks,
          temporaryFiles,
          temporaryBytes,
          parseMicros,
          bindMicros,
          fetches,
          plans,
          rowPlans,
          rows
        }) {
      out.writeNumber(number);
    }
    durations.write(out);
    writeCounts(users, out);
    if (tags != null) {
      tags.writeCounts(out);
    }
    if (queryIds != null) {
      writeCounts(queryIds, out);
    }
    samples.writeCounts(out);
  }

  /** Reads counts of the names and samples that were read before. */
  void readCounts(ByteReader in) {
    calls = in.readNumber();
    timedCalls = in.readNumber();
    totalMicros = in.readNumber();
    minMicros = in.readNumber();
    maxMicros = in.readNumber();
    errors = in.readNumber();
    cancellations = in.readNumber();
    lockWaits = in.readNumber();
    deadlocks = in.readNumber();
    temporaryFiles = in.readNumber();
    temporaryBytes = in.readNumber();
    parseMicros = in.readNumber();
    bindMicros = in.readNumber();
    fetches = in.readNumber();
    plans = in.readNumber();
    rowPlans = in.readNumber();
    rows = in.readNumber();
    sketched = durations.read(in);
    readCounts(users, in);
    if (tags != null) {
      tags.readCounts(in);
    }
    if (queryIds != null) {
      readCounts(queryIds, in);
    }
    samples.readCounts(in);
  }

  /** Whole microseconds; what is no time counts as none. */
  static long micros(double milliseconds) {
    return whole(milliseconds * MICROS_PER_MS);
  }

  private Map<String, Long> usersToMap() {
    Map<String, Long> map = users.toMap();
    if (users.folded() > 0) {
      map.merge("", users.folded(), Long::sum);
    }
    return map;
  }

  private boolean grown(boolean changed) {
    grown |= changed;
    return changed;
  }

  private void timed(long times, long micros, long least, long most) {
    minMicros = timedCalls == 0 ? least : Math.min(minMicros, least);
    maxMicros = Math.max(maxMicros, most);
    totalMicros = sum(totalMicros, micros);
    timedCalls += times;
  }

  private static long whole(double value) {
    return value > 0 ? Math.round(Math.min(value, MOST)) : 0;
  }

  private static long sum(long a, long b) {
    long sum = a + b;
    return sum < 0 ? Long.MAX_VALUE : sum;
  }

  private static void writeNames(BoundedCounts counts, ByteWriter out) {
    out.writeNumber(counts.size());
    counts.forEach((name, count) -> out.writeText(name));
  }

  private static void readNames(BoundedCounts counts, ByteReader in) {
    for (int count = in.readCount(); count > 0; count--) {
      counts.add(in.readText(), 0);
    }
  }

  private static void writeCounts(BoundedCounts counts, ByteWriter out) {
    counts.forEach((name, count) -> out.writeNumber(count));
    out.writeNumber(counts.folded());
  }

  private static void readCounts(BoundedCounts counts, ByteReader in) {
    for (int i = 0; i < counts.size(); i++) {
      counts.addAt(i, in.readNumber());
    }
    counts.addFolded(in.readNumber());
  }
}
