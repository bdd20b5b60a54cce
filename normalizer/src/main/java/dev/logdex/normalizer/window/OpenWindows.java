package dev.logdex.normalizer.window;

import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;
import dev.logdex.normalizer.event.Fingerprint;
import dev.logdex.normalizer.event.PlanEvidence;
import dev.logdex.normalizer.event.PlanFormat;
import dev.logdex.normalizer.event.QueryWindow;
import dev.logdex.normalizer.fingerprint.StatementNormalizer;
import dev.logdex.normalizer.statement.Execution;
import dev.logdex.normalizer.statement.LoggedPlan;
import dev.logdex.normalizer.statement.Parameters;
import dev.logdex.normalizer.statement.StatementEvent;
import dev.logdex.normalizer.text.Utf8;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * All windows of one task that are still being added to, by database, statement and minute. They
 * live in memory; what changed is drained as pieces of bytes whenever the task commits. Plain
 * figures and byte arrays, because {@link #add} runs once for every logged statement. Not
 * thread-safe.
 *
 * <p>A database has no more than a bounded number of statements in one window: the first ones to
 * come. What comes of others is added up as {@linkplain QueryWindow#OTHER other statements}.
 */
public final class OpenWindows {
  /** Postgres cuts names at 63 bytes; what is longer comes of damage and must fit into a key. */
  private static final int LONGEST_DATABASE = 255;

  private static final int RECENT = 16;

  private final WindowLimits limits;
  private final WindowCaps caps;
  private final long sizeMs;
  private final Hasher64 hasher;
  private final @Nullable ValueHash valueHash;

  /** By start, then by database. */
  private final NavigableMap<Long, NavigableMap<String, Minute>> minutes = new TreeMap<>();

  /** Restored ones of a size that is configured no more. */
  private final List<OpenWindow> ofFormerSize = new ArrayList<>();

  private final List<OpenWindow> changed = new ArrayList<>();
  private final Set<String> gone = new LinkedHashSet<>();
  private final ByteWriter writer = new ByteWriter();
  private @Nullable Minute last;

  /** Where lines of several databases or minutes come in turns, in places that they share. */
  private final @Nullable Minute[] recent = new @Nullable Minute[RECENT];

  private int size;
  private long weight;

  /** Windows that end here or before have been handed on. */
  private long passedMs = Long.MIN_VALUE;

  private long samplesTooLong;
  private long textsCut;
  private long plansTooLong;
  private long tagsDropped;
  private long usersFolded;
  private long queryIdsDropped;
  private long foldedIntoOther;
  private long late;

  /** Windows to which nothing has been added. */
  public OpenWindows(WindowLimits limits, WindowCaps caps) {
    this.limits = limits;
    this.caps = caps;
    this.sizeMs = limits.size().toMillis();
    this.valueHash = limits.mode() == SampleMode.HASHED ? new ValueHash(limits.hashKey()) : null;
    this.hasher = valueHash == null ? SampleSet.HASHER : Hashing.xxh3_64(valueHash.seed());
  }

  /**
   * Adds one execution.
   *
   * @param normalized has just read the execution's statement
   */
  public void add(Execution execution, StatementNormalizer normalized) {
    OpenWindow window = window(execution.database(), normalized, execution.loggedAt());
    Figures figures = window.figures;
    Double elapsedMs = execution.elapsedMs();
    long micros = elapsedMs == null ? SampleSet.UNTIMED : Figures.micros(elapsedMs);
    boolean names = figures.call(execution.user(), micros);
    boolean samples = false;
    if (!window.ofOthers()) {
      names |= execution.queryId() != 0 && figures.queryId(execution.queryId(), 1);
      names |= normalized.hasTags() && figures.tags(normalized.tags());
      samples =
          window.sampled && limits.takesSamples() && sample(window, execution, micros, normalized);
    }
    changed(
        window,
        OpenWindow.FIGURES | (names ? OpenWindow.NAMES : 0) | (samples ? OpenWindow.SAMPLES : 0));
  }

  /**
   * Adds what happened to a statement; it is no call.
   *
   * @param normalized has just read the event's statement
   */
  public void add(StatementEvent event, StatementNormalizer normalized) {
    OpenWindow window = window(event.database(), normalized, event.at());
    window.figures.event(event);
    boolean names = queryId(window, event.queryId());
    changed(window, OpenWindow.FIGURES | (names ? OpenWindow.NAMES : 0));
  }

  /**
   * Adds a plan; it is no call.
   *
   * @param normalized has just read the plan's statement
   */
  public void add(LoggedPlan plan, StatementNormalizer normalized) {
    OpenWindow window = window(plan.database(), normalized, plan.at());
    window.figures.plan(plan.rows());
    boolean names = queryId(window, plan.queryId());
    boolean kept = window.sampled && limits.takesPlans() && keep(window, plan);
    changed(
        window,
        OpenWindow.FIGURES | (names ? OpenWindow.NAMES : 0) | (kept ? OpenWindow.PLANS : 0));
  }

  /** Takes those whose end is at least {@code grace} behind {@code eventTime}; oldest first. */
  public List<QueryWindow> takeEnded(Instant eventTime, Duration grace) {
    long passed = eventTime.minus(grace).toEpochMilli();
    passedMs = Math.max(passedMs, passed);
    if (minutes.isEmpty() || minutes.firstKey() > passed - sizeMs) {
      return takeOfFormerSize();
    }
    return take(minutes.headMap(passed - sizeMs, true));
  }

  /** Takes the oldest while there are more than the caps allow, in number or bytes. */
  public List<QueryWindow> takeOverflow() {
    if (size <= caps.windows() && weight <= caps.bytes()) {
      return List.of();
    }
    List<QueryWindow> taken = new ArrayList<>();
    while (!minutes.isEmpty() && (size > caps.windows() || weight > caps.bytes())) {
      taken.addAll(take(minutes.headMap(minutes.firstKey(), true)));
    }
    return taken;
  }

  /** Takes all; oldest first. */
  public List<QueryWindow> takeAll() {
    return take(minutes);
  }

  /**
   * Gives the pieces that changed since the last time, each once: under its name the new bytes, or
   * null when the piece is gone. Samples are given less often, and only a few of them; figures are
   * always whole. No piece is longer than a few hundred kilobytes, and those of a window that was
   * taken before they were given are never given.
   */
  public void drainChanges(BiConsumer<String, byte @Nullable []> changes) {
    for (OpenWindow window : changed) {
      window.listed = false;
      window.giveChanges(
          writer,
          (name, piece) -> {
            gone.remove(name);
            changes.accept(name, piece);
          });
    }
    changed.clear();
    gone.forEach(name -> changes.accept(name, null));
    gone.clear();
  }

  /**
   * Goes on from the pieces that were drained; only before anything is added. Counts go on exactly;
   * samples may be fewer and older than those that were held, so which samples a window tells in
   * the end may differ from an uninterrupted run.
   */
  public void restore(Iterable<Map.Entry<String, byte[]>> pieces) {
    Map<String, Map<String, byte[]>> byWindow = new HashMap<>();
    for (Map.Entry<String, byte[]> piece : pieces) {
      byWindow
          .computeIfAbsent(OpenWindow.commonName(piece.getKey()), name -> new HashMap<>())
          .put(piece.getKey(), piece.getValue());
    }
    byWindow.forEach((name, ofWindow) -> keep(OpenWindow.restore(name, ofWindow)));
  }

  /** What the bounds have cut since these windows were created; not kept over a restart. */
  public WindowCuts cuts() {
    return new WindowCuts(
        samplesTooLong,
        textsCut,
        plansTooLong,
        tagsDropped,
        usersFolded,
        queryIdsDropped,
        foldedIntoOther,
        late);
  }

  /** Windows held. */
  public int size() {
    return size;
  }

  /** About how many bytes of memory they take. */
  public long weight() {
    return weight;
  }

  private OpenWindow window(String database, StatementNormalizer normalized, Instant at) {
    long atMs = at.toEpochMilli();
    Minute minute = last;
    if (minute == null || !minute.isOf(database, atMs)) {
      minute = recent(database, atMs);
      last = minute;
    }
    if (minute.endMs <= passedMs) {
      late++;
    }
    OpenWindow window = minute.get(normalized.fingerprintBits());
    return window != null ? window : begin(minute, normalized);
  }

  private Minute recent(String database, long atMs) {
    long number = Math.floorDiv(atMs, sizeMs);
    int place = (int) (database.hashCode() * 31L + number) & (RECENT - 1);
    Minute minute = recent[place];
    if (minute == null || !minute.isOf(database, atMs)) {
      minute = minute(database, number * sizeMs);
      recent[place] = minute;
    }
    return minute;
  }

  private Minute minute(String database, long startMs) {
    String name =
        database.length() <= LONGEST_DATABASE ? database : cut(database, LONGEST_DATABASE);
    return minutes
        .computeIfAbsent(startMs, start -> new TreeMap<>())
        .computeIfAbsent(name, any -> new Minute(name, startMs, startMs + sizeMs));
  }

  private OpenWindow begin(Minute minute, StatementNormalizer normalized) {
    Fingerprint fingerprint = normalized.fingerprint();
    if (minute.statements() >= caps.fingerprints() || fingerprint.equals(QueryWindow.OTHER)) {
      foldedIntoOther++;
      OpenWindow others = minute.get(QueryWindow.OTHER.bits());
      return others != null
          ? others
          : begin(minute, Identity.ofOthers(minute.database, minute.start, limits.size()));
    }
    String text = normalized.text();
    if (text.length() > limits.textLength()) {
      textsCut++;
      text = cut(text, limits.textLength());
    }
    return begin(
        minute, new Identity(minute.database, fingerprint, text, minute.start, limits.size()));
  }

  private OpenWindow begin(Minute minute, Identity identity) {
    OpenWindow window = new OpenWindow(identity);
    minute.put(window);
    size++;
    return window;
  }

  private void changed(OpenWindow window, int kinds) {
    window.changed(kinds);
    if (window.figures.takeGrown()) {
      weight += window.growth();
    }
    if (!window.listed) {
      window.listed = true;
      changed.add(window);
    }
  }

  private static boolean queryId(OpenWindow window, long queryId) {
    return queryId != 0 && !window.ofOthers() && window.figures.queryId(queryId, 0);
  }

  private boolean sample(
      OpenWindow window, Execution execution, long micros, StatementNormalizer normalized) {
    Utf8 statement = execution.statement();
    Parameters parameters = execution.parameters();
    int length = statement.length() + parameters.list().length();
    if (length > limits.sampleLength() || parameters.truncated()) {
      samplesTooLong++;
      return false;
    }
    long hash = SampleSet.hash(hasher, statement, parameters);
    SampleSet samples = window.figures.samples;
    int index = samples.indexOf(hash);
    if (index >= 0) {
      samples.again(index, 1, micros);
      return false;
    }
    long calls = samples.wanted(hash, micros, length);
    if (calls == 0) {
      return false;
    }
    if (valueHash == null) {
      samples.take(hash, statement.detached(), parameters.detached(), null, calls, micros);
    } else {
      samples.take(
          hash,
          Utf8.of(cut(normalized.text(), limits.sampleLength())),
          Parameters.of(valueHash.values(statement, parameters)),
          null,
          calls,
          micros);
    }
    window.figures.setGrown();
    return true;
  }

  private boolean keep(OpenWindow window, LoggedPlan plan) {
    if (plan.plan().length() > limits.planLength()) {
      plansTooLong++;
      return false;
    }
    PlanSet plans = window.figures.planSet;
    if (!plans.wants(plan.elapsedMs(), plan.at())) {
      return false;
    }
    plans.add(
        new PlanEvidence(
            plan.format() == LoggedPlan.Format.JSON ? PlanFormat.JSON : PlanFormat.TEXT,
            plan.plan().toString(),
            plan.at(),
            plan.elapsedMs(),
            plan.rows() < 0 ? null : Math.round(plan.rows())));
    window.figures.setGrown();
    return true;
  }

  private void keep(OpenWindow restored) {
    if (restored.identity.size().equals(limits.size())) {
      minute(restored.identity.database(), restored.identity.start().toEpochMilli()).put(restored);
    } else {
      ofFormerSize.add(restored);
    }
    size++;
    restored.figures.takeGrown();
    weight += restored.growth();
  }

  private List<QueryWindow> take(NavigableMap<Long, NavigableMap<String, Minute>> due) {
    List<QueryWindow> taken = takeOfFormerSize();
    due.values()
        .forEach(
            byDatabase ->
                byDatabase.values().forEach(minute -> minute.all().forEach(w -> take(w, taken))));
    due.clear();
    last = null;
    Arrays.fill(recent, null);
    changed.removeIf(window -> window.taken);
    return taken;
  }

  private List<QueryWindow> takeOfFormerSize() {
    if (ofFormerSize.isEmpty()) {
      return new ArrayList<>();
    }
    List<QueryWindow> taken = new ArrayList<>();
    ofFormerSize.forEach(window -> take(window, taken));
    ofFormerSize.clear();
    return taken;
  }

  private void take(OpenWindow window, List<QueryWindow> taken) {
    taken.add(window.finished(limits.samples()));
    window.taken = true;
    window.storedNames(gone);
    size--;
    weight -= window.weight;
    tagsDropped += window.figures.tagsDropped();
    usersFolded += window.figures.usersFolded();
    queryIdsDropped += window.figures.queryIdsDropped();
  }

  private static String cut(String text, int length) {
    if (text.length() <= length) {
      return text;
    }
    return text.substring(
        0, Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length);
  }
}
