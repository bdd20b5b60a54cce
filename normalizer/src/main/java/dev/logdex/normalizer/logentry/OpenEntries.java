package dev.logdex.normalizer.logentry;

import dev.logdex.normalizer.event.DeadLetterReason;
import dev.logdex.normalizer.logline.LineWord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * All open entries of a source, within bounds: what is too long, too much or silent for too long
 * ends here. An entry is told only after it has been taken out, so that a failure in telling cannot
 * meet it again.
 */
final class OpenEntries {
  /** More than a dead letter shows, and at most four times its length in bytes. */
  static final int MAX_EXCERPT_BYTES = 256;

  /** PIPE_BUF: what is written at once is never torn. */
  private static final int TORN_FROM_BYTES = 4096;

  /** The rest of a message that was torn comes later, and nothing marks it as such. */
  private static final Duration TORN_FOR = Duration.ofMillis(100);

  /** How many views are remembered before they are looked through. */
  private static final int MOST_VIEWS = 1024;

  private final LogSettings settings;
  private final EntryJoiner.Outlet outlet;
  private final RecentlyUsed<OpenStream> streams = new RecentlyUsed<>();

  /** Entries that view the array that is being read; some are told already. */
  private final List<OpenEntry> views = new ArrayList<>();

  private long keptBytes;
  private Instant newest = Instant.MIN;

  /** Whether the source's time has gone on since silent streams were looked for. */
  private boolean goneOn;

  /** Until when long entries may hold lines of a message that was torn; by the source's time. */
  private Instant tornUntil = Instant.MIN;

  OpenEntries(LogSettings settings, EntryJoiner.Outlet outlet) {
    this.settings = settings;
    this.outlet = outlet;
  }

  @Nullable OpenStream stream(String name) {
    return streams.get(name);
  }

  /** The source's own time goes on; it never goes back. */
  void advance(Instant time) {
    if (time.isAfter(newest)) {
      newest = time;
      goneOn = true;
    }
  }

  /** As an entry tells the time; one without a time tells nothing. */
  void advance(OpenEntry.Head head) {
    Instant logged = head.loggedAt();
    if (logged != null) {
      advance(logged);
    }
  }

  Instant newest() {
    return newest;
  }

  Instant tornUntil() {
    return tornUntil;
  }

  /** Another process's line was found inside one of this time. */
  void torn(Instant at) {
    tornUntil = at.plus(TORN_FOR);
  }

  /** Ends what the stream has open and begins another entry. */
  OpenStream replace(String name, OpenEntry entry) {
    OpenStream stream = streams.get(name);
    if (stream == null) {
      return add(name, entry);
    }
    List<OpenEntry> entries = stream.entries();
    while (entries.size() > 1) {
      tell(entries.remove(0));
    }
    OpenEntry before = entries.isEmpty() ? null : entries.remove(0);
    stream.add(entry);
    keptBytes += entry.keptBytes();
    use(stream);
    if (before != null) {
      tell(before);
    }
    return stream;
  }

  /** Adds an entry beside what the stream has open. */
  OpenStream add(String name, OpenEntry entry) {
    OpenStream known = streams.get(name);
    OpenStream stream = known == null ? new OpenStream(name, newest) : known;
    stream.add(entry);
    keptBytes += entry.keptBytes();
    if (known == null) {
      streams.add(stream);
    } else {
      use(stream);
    }
    while (streams.size() > settings.maxPendingBackends()) {
      outlet.cut(Cut.TOO_MANY_PROCESSES);
      completeEldest();
    }
    return stream;
  }

  void use(OpenStream stream) {
    stream.seen(newest);
    streams.use(stream);
  }

  /**
   * Adds to an entry.
   *
   * @param stays whether the array stays as it is until {@link #detach}
   */
  void append(
      OpenStream stream,
      OpenEntry entry,
      byte[] line,
      int from,
      int to,
      boolean ownLine,
      boolean stays) {
    boolean contextWasCut = entry.isContextCut();
    keptBytes -= entry.keptBytes();
    entry.append(line, from, to, ownLine, stays);
    keptBytes += entry.keptBytes();
    use(stream);
    if (stays) {
      viewed(entry);
    }
    if (entry.isContextCut() && !contextWasCut) {
      outlet.cut(Cut.CONTEXT_TOO_LONG);
    }
    if (entry.length() > settings.maxEntryBytes() && !entry.isGivenUp()) {
      outlet.cut(Cut.ENTRY_TOO_LONG);
      giveUp(
          entry,
          DeadLetterReason.ENTRY_TOO_LONG,
          "longer than " + settings.maxEntryBytes() + " bytes");
    }
    keepWithinBytes();
  }

  void beginPart(OpenEntry entry, LineWord word, long lineNumber) {
    keptBytes -= entry.keptBytes();
    entry.beginPart(word, lineNumber);
    entry.goOn();
    keptBytes += entry.keptBytes();
  }

  /** Keeps a chunk of the entry that came too early; false when it is kept already. */
  boolean keepEarly(OpenStream stream, OpenEntry entry, long chunk, byte[] line, int from, int to) {
    keptBytes -= entry.keptBytes();
    boolean kept = entry.keepEarly(chunk, line, from, to);
    keptBytes += entry.keptBytes();
    use(stream);
    keepWithinBytes();
    return kept;
  }

  byte @Nullable [] takeEarly(OpenEntry entry) {
    keptBytes -= entry.keptBytes();
    byte[] early = entry.takeEarly();
    keptBytes += entry.keptBytes();
    return early;
  }

  private void keepWithinBytes() {
    while (keptBytes > settings.maxPendingBytes() && streams.size() > 1) {
      outlet.cut(Cut.TOO_MUCH_TEXT);
      completeEldest();
    }
  }

  private void viewed(OpenEntry entry) {
    if (views.isEmpty() || views.get(views.size() - 1) != entry) {
      if (views.size() >= MOST_VIEWS) {
        detach();
      }
      views.add(entry);
    }
  }

  /** The array that was being read is taken away. */
  void detach() {
    for (int i = 0; i < views.size(); i++) {
      OpenEntry entry = views.get(i);
      if (!entry.isTold()) {
        entry.detach();
      }
    }
    views.clear();
  }

  void giveUp(OpenEntry entry, DeadLetterReason reason, String detail) {
    keptBytes -= entry.keptBytes();
    String excerpt = entry.excerpt(MAX_EXCERPT_BYTES);
    entry.giveUp();
    outlet.rejected(reason, detail, entry.head().place(), entry.head().loggedAt(), excerpt);
    outlet.lost(entry.head().backend());
  }

  /** Drops an entry that stands in front of what its stream has open, untold. */
  void drop(OpenStream stream, OpenEntry entry) {
    stream.entries().remove(entry);
    keptBytes -= entry.keptBytes();
  }

  /** Drops all that the stream has open, untold; after a defect. */
  void abandon(String name) {
    OpenStream stream = streams.get(name);
    if (stream != null) {
      streams.remove(stream);
      for (OpenEntry entry : stream.entries()) {
        keptBytes -= entry.keptBytes();
        outlet.lost(entry.head().backend());
      }
    }
  }

  /** Ends the entry of the lowest message number. */
  void completeFirst(OpenStream stream) {
    OpenEntry first = stream.entries().remove(0);
    if (stream.entries().isEmpty()) {
      streams.remove(stream);
    }
    long missing = stream.told(first.messageNumber());
    if (missing > 0) {
      outlet.missing(stream.name, missing);
    }
    tell(first);
  }

  /** Ends all that the stream has open. */
  void complete(@Nullable OpenStream stream) {
    if (stream != null) {
      while (!stream.entries().isEmpty()) {
        completeFirst(stream);
      }
    }
  }

  void completeAll() {
    while (streams.size() > 0) {
      completeEldest();
    }
  }

  private void completeEldest() {
    complete(streams.eldest());
  }

  /** Ends what is open in streams that are silent though the source has gone on. */
  void completeQuiet() {
    if (!goneOn) {
      return;
    }
    goneOn = false;
    for (OpenStream eldest = streams.eldest(); eldest != null; eldest = streams.eldest()) {
      if (!isQuiet(eldest)) {
        return;
      }
      complete(eldest);
    }
  }

  private boolean isQuiet(OpenStream stream) {
    Instant seen = stream.seen();
    boolean quietBySeconds =
        seen.getEpochSecond() + settings.quietTime().toSeconds() <= newest.getEpochSecond();
    return quietBySeconds && seen.plus(settings.quietTime()).isBefore(newest);
  }

  private void tell(OpenEntry entry) {
    entry.markTold();
    if (!entry.isGivenUp()) {
      String damage = damage(entry);
      if (damage != null) {
        giveUp(entry, DeadLetterReason.DAMAGED_ENTRY, damage);
      }
    }
    keptBytes -= entry.keptBytes();
    if (!entry.isGivenUp()) {
      outlet.complete(entry);
    }
  }

  private @Nullable String damage(OpenEntry entry) {
    if (entry.isIncomplete()) {
      return "lines of it are missing";
    }
    if (entry.isDoubted()) {
      return "lines that were sent again may be among its own";
    }
    boolean mayHoldTornLines =
        entry.length() > TORN_FROM_BYTES
            && !entry.isChunked()
            && !entry.head().at().isAfter(tornUntil);
    return mayHoldTornLines ? "lines of another process may be among its own" : null;
  }

  // ---- state

  void drain(BiConsumer<String, @Nullable OpenStream> changes) {
    streams.drain(changes);
  }

  void restore(Instant newestSeen, Instant tornUntilTime, List<OpenStream> drained) {
    newest = newestSeen;
    tornUntil = tornUntilTime;
    streams.restore(drained);
    for (OpenStream stream : drained) {
      for (OpenEntry entry : stream.entries()) {
        keptBytes += entry.keptBytes();
      }
    }
  }
}
