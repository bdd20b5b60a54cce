package dev.logdex.ingest.tail;

import dev.logdex.ingest.outlet.LogOutlet;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Follows files, one look at all of them at a time. Files of one log are read in the order in which
 * they were met, the next only when the one before it is at its end. Told the time, by a clock that
 * never goes back. Not thread-safe, but for {@link #counts}.
 */
final class Tail implements Closeable {
  private static final long SCAN_NANOS = Duration.ofSeconds(1).toNanos();
  private static final Duration NO_ROOM_PAUSE = Duration.ofMillis(5);

  /** What one file may send before the others have their turn. */
  private static final long TURN_BYTES = 4L * 1024 * 1024;

  private final TailOptions options;
  private final LogOutlet outlet;
  private final Notes notes;
  private final Discovery discovery;
  private final @Nullable CheckpointSaver saver;
  private final Places places;
  private final Map<String, Followed> files = new LinkedHashMap<>();
  private final Beginnings beginnings;
  private final SourceEnds ends;
  private final Totals totals = new Totals();
  private final Set<String> sources = new HashSet<>();
  private final Set<String> busy = new HashSet<>();
  private boolean scanned;
  private boolean scanDue;
  private long lastScan;
  private volatile TailCounts counts = TailCounts.NONE;

  private Tail(
      TailOptions options,
      LogOutlet outlet,
      TailListener listener,
      @Nullable CheckpointSaver saver,
      List<Place> saved) {
    this.options = options;
    this.outlet = outlet;
    this.notes = new Notes(listener);
    this.discovery = new Discovery(options, notes);
    this.saver = saver;
    this.places = new Places(saved);
    this.beginnings = new Beginnings(options, places, this::tailed);
    this.ends = new SourceEnds(outlet, options.quietTime().toNanos());
  }

  /**
   * Goes on where the checkpoint says.
   *
   * @throws IOException when it cannot be read, or another process has it
   */
  static Tail open(TailOptions options, LogOutlet outlet, TailListener listener)
      throws IOException {
    if (options.stateFolder().isEmpty()) {
      return new Tail(options, outlet, listener, null, List.of());
    }
    Checkpoint checkpoint = Checkpoint.open(options.stateFolder().get());
    try {
      List<Place> saved = checkpoint.load();
      long interval = options.checkpointInterval().toNanos();
      return new Tail(options, outlet, listener, new CheckpointSaver(checkpoint, interval), saved);
    } catch (IOException e) {
      checkpoint.close();
      throw e;
    }
  }

  private List<TailedFile> tailed() {
    return files.values().stream().map(Followed::file).toList();
  }

  /**
   * Looks at all files once.
   *
   * @param now nanoseconds of any origin
   * @return how long to wait before the next look
   * @throws IOException when the outlet did not take something for good
   */
  Duration look(long now) throws IOException {
    if (!scanned || scanDue || now - lastScan >= SCAN_NANOS) {
      scan(now);
    }
    busy.clear();
    boolean room = readAll(now);
    for (Followed followed : files.values()) {
      followed.file().settle();
    }
    removeGone(now);
    if (room) {
      ends.tell(now, busy);
    }
    save(now);
    counts = count(now);
    if (!room) {
      return NO_ROOM_PAUSE;
    }
    return busy.isEmpty() ? options.interval() : Duration.ZERO;
  }

  /** False when the outlet had no room for all. */
  private boolean readAll(long now) {
    for (Followed followed : List.copyOf(files.values())) {
      TailedFile file = followed.file();
      if (!busy.contains(file.source()) && !read(followed, now)) {
        busy.add(file.source());
        return false;
      }
    }
    return true;
  }

  private boolean read(Followed followed, long now) {
    TailedFile file = followed.file();
    try {
      return !open(followed, now) || send(followed, now);
    } catch (EOFException e) { // a packed file that is not whole yet
      notes.wrong(file.path().toString(), file.path() + " is not whole: the rest is waited for");
      followed.waitForChange();
      closeQuietly(file);
    } catch (NoSuchFileException e) { // renamed or removed just now
      scanDue |= !followed.isGone();
      followed.missing();
      closeQuietly(file);
    } catch (IOException e) {
      notes.wrong(file.path().toString(), "cannot read " + file.path() + ": " + e);
      followed.unreadable();
      closeQuietly(file);
    }
    return true;
  }

  private boolean send(Followed followed, long now) throws IOException {
    TailedFile file = followed.file();
    long before = totals.bytes;
    TailedFile.Step step = file.send(outlet, TURN_BYTES, totals);
    if (totals.bytes > before) {
      followed.grew(now);
      ends.grew(file.source(), now);
    }
    switch (step) {
      case AT_END -> lookAtName(followed);
      case MORE -> busy.add(file.source());
      case CONTENT_CHANGED -> beginAnew(followed, now);
      case REFUSED -> {
        return false;
      }
    }
    return true;
  }

  /** Whether it is open now. */
  private boolean open(Followed followed, long now) throws IOException {
    TailedFile file = followed.file();
    if (file.log() != null) {
      return true;
    }
    if (!followed.isToBeOpened() || !hasRoomForOneMore(file)) {
      return false;
    }
    boolean settled = now - followed.changedAt() >= options.goneTime().toNanos();
    OpenLog log = beginnings.open(file, settled);
    notes.well(file.path().toString());
    if (log == null) {
      return false;
    }
    file.opened(log);
    if (file.safe() > 0) {
      ends.grew(file.source(), now); // its end may not have been told before
    }
    return true;
  }

  /** Closes the file that has been quiet for longest, when there are too many. */
  private boolean hasRoomForOneMore(TailedFile wanted) {
    List<Followed> open =
        files.values().stream().filter(followed -> followed.file().log() != null).toList();
    if (open.size() < options.openMax()) {
      return true;
    }
    Followed quietest = null;
    for (Followed followed : open) {
      if (followed.canBeClosed() && (quietest == null || followed.grewAt() < quietest.grewAt())) {
        quietest = followed;
      }
    }
    if (quietest == null) {
      notes.wrong("open files", options.openMax() + " files are open: " + wanted.path() + " waits");
      return false;
    }
    quietest.waitForChange();
    closeQuietly(quietest.file());
    return true;
  }

  /** A file that is read to its end may have lost its name to another. */
  private void lookAtName(Followed followed) {
    TailedFile file = followed.file();
    if (file.isComplete()) {
      closeQuietly(file);
    } else if (!followed.isGone()) {
      scanDue |= !leadsTo(file.path(), file.key());
    }
  }

  private static boolean leadsTo(Path path, String key) {
    try {
      return FileKey.of(path).key().equals(key);
    } catch (IOException e) {
      return false;
    }
  }

  private void beginAnew(Followed followed, long now) throws IOException {
    TailedFile file = followed.file();
    totals.truncations++;
    notes.say(
        file.path()
            + " was emptied and begins anew; what was written to it just before is not read");
    String before = file.identity();
    int generation = file.generation();
    places.put(file.place()); // a copy of what it held may turn up
    file.forgetContent();
    if (file.log() instanceof PlainLog log) {
      String identity = log.identity(file.source());
      if (identity == null) { // nothing whole in it yet
        closeQuietly(file);
        file.beganAnew(before, generation + 1);
        followed.changed(now);
      } else {
        log.seek(0);
        file.resume(identity, identity.equals(before) ? generation + 1 : 0, 0);
      }
    }
    busy.add(file.source());
  }

  private void scan(long now) {
    Map<String, Discovery.Found> found = discovery.find();
    Set<Path> named = new HashSet<>();
    for (Followed followed : files.values()) {
      named.add(followed.file().path());
      followed.update(found.get(followed.file().key()), now);
    }
    if (!scanned) {
      discovery.tellOfMissing();
    }
    // what had a name in between, or while nobody looked, may have lost it again
    found = discovery.withRotated(found, allPlaces());
    for (Discovery.Found file : found.values()) {
      Followed known = files.get(file.key().key());
      if (known != null) {
        known.refresh(file, now);
      } else {
        add(file, now);
        totals.rotations += named.contains(file.path()) ? 1 : 0;
      }
    }
    scanned = true;
    scanDue = false;
    lastScan = now;
  }

  private void add(Discovery.Found found, long now) {
    TailedFile file = new TailedFile(found.path(), found.key(), options.sourceOf(found.path()));
    Place place = places.ofKey(file.key());
    if (place != null && place.complete() && place.size() == found.key().size()) {
      file.resume(String.valueOf(place.identity()), place.generation(), place.position());
      file.completed();
    }
    if (!scanned) {
      beginnings.wasThereAtStart(file);
    }
    sources.add(file.source());
    files.put(file.key(), new Followed(file, now));
  }

  /** Closes files that have lost their names and have not grown for a while. */
  private void removeGone(long now) throws IOException {
    List<String> done = new ArrayList<>();
    for (Followed followed : files.values()) {
      if (followed.isGoneSince(now - options.goneTime().toNanos())
          && !busy.contains(followed.file().source())
          && isFinished(followed)) {
        done.add(followed.file().key());
      }
    }
    for (String key : done) {
      Followed gone = files.remove(key);
      if (gone != null) {
        gone.file().completed();
        places.put(gone.file().place());
        gone.file().close();
      }
    }
  }

  private boolean isFinished(Followed followed) throws IOException {
    TailedFile file = followed.file();
    if (file.log() == null && !file.isComplete() && !followed.isMissing()) {
      return false; // its turn has not come, or it is not whole yet
    }
    if (!followed.isRestSent()) {
      followed.restSent(file.sendRest(outlet, totals));
    }
    return followed.isRestSent() && file.isAllSafe();
  }

  private void save(long now) {
    if (saver != null) {
      saver.saveWhenDue(this::allPlaces, now, notes);
    }
  }

  /** Saves where it has come to, at once. */
  void saveNow(long now) throws IOException {
    for (Followed followed : files.values()) {
      followed.file().settle();
    }
    if (saver != null) {
      saver.save(allPlaces(), now, notes);
    }
    counts = count(now);
  }

  private List<Place> allPlaces() {
    Map<String, Place> all = new LinkedHashMap<>();
    places.all().forEach(place -> all.put(place.key(), place));
    for (Followed followed : files.values()) {
      TailedFile file = followed.file();
      if (file.identity() != null || !all.containsKey(file.key())) {
        all.put(file.key(), file.place());
      }
    }
    return List.copyOf(all.values());
  }

  /** Whether all that was sent is acknowledged. */
  boolean isAllSafe() {
    return files.values().stream().allMatch(followed -> followed.file().isAllSafe());
  }

  /** What {@link #look} answers when there is nothing more to read for now. */
  Duration restInterval() {
    return options.interval();
  }

  TailCounts counts() {
    return counts;
  }

  private TailCounts count(long now) {
    int open = 0;
    int unreadable = 0;
    long behind = 0;
    long unsafe = 0;
    for (Followed followed : files.values()) {
      open += followed.file().log() == null ? 0 : 1;
      unreadable += followed.isUnreadable() ? 1 : 0;
      behind += followed.bytesBehind();
      unsafe += followed.file().unsafeBytes();
    }
    return new TailCounts(
        open,
        files.size(),
        unreadable,
        behind,
        unsafe,
        sources.size(),
        totals.lines,
        totals.bytes,
        totals.rotations,
        totals.truncations,
        totals.cuts().lines(),
        totals.cuts().bytes(),
        saver == null ? 0 : saver.ageSeconds(now));
  }

  private void closeQuietly(TailedFile file) {
    try {
      file.close();
    } catch (IOException e) { // it was only read from
      notes.wrong(file.path().toString(), "cannot close " + file.path() + ": " + e);
    }
  }

  @Override
  public void close() throws IOException {
    files.values().forEach(followed -> closeQuietly(followed.file()));
    if (saver != null) {
      saver.close();
    }
  }
}
