package dev.logdex.ingest.tail;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logdex.ingest.event.LogHeader;
import dev.logdex.ingest.logfile.LogBlock;
import dev.logdex.ingest.outlet.LogOutlet;
import dev.logdex.ingest.outlet.Parcel;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One file that is followed, under whatever name: what it holds, how far it was sent, and what of
 * that is safe.
 */
final class TailedFile {
  private final String key;
  private final String source;
  private final Unacknowledged unacknowledged = new Unacknowledged();
  private Path path;
  private long size;
  private Instant modified;
  private @Nullable OpenLog log;

  /** Null until its first line is whole. */
  private @Nullable String identity;

  private int generation;
  private @Nullable LogBlock held;
  private long safe;
  private boolean complete;

  /** It was written to: even where it has not grown it may hold something else. */
  private boolean suspect;

  TailedFile(Path path, FileKey found, String source) {
    this.path = path;
    this.key = found.key();
    this.source = source;
    this.size = found.size();
    this.modified = found.modified();
  }

  String key() {
    return key;
  }

  String source() {
    return source;
  }

  Path path() {
    return path;
  }

  Instant modified() {
    return modified;
  }

  long size() {
    return size;
  }

  boolean isPacked() {
    return LogNames.isPacked(path);
  }

  @Nullable String identity() {
    return identity;
  }

  @Nullable OpenLog log() {
    return log;
  }

  /** Whether all of it was sent for good. */
  boolean isComplete() {
    return complete;
  }

  /** It was found under this name; whether it has changed since. */
  boolean found(Path now, FileKey as) {
    boolean changed = size != as.size() || !modified.equals(as.modified());
    path = now;
    size = as.size();
    modified = as.modified();
    complete &= !changed;
    suspect |= changed;
    return changed;
  }

  /** Goes on there; a file whose content is not the one that was read there begins anew. */
  void resume(String asIdentity, int asGeneration, long position) {
    identity = asIdentity;
    generation = asGeneration;
    safe = position;
  }

  /** It was emptied, and holds nothing yet by which it could be told. */
  void beganAnew(@Nullable String identityBefore, int nextGeneration) {
    identity = identityBefore;
    generation = nextGeneration;
  }

  void opened(OpenLog open) {
    log = open;
  }

  void completed() {
    complete = true;
  }

  /** Up to where it is safe: where to go on when it is opened again. */
  long safe() {
    return safe;
  }

  int generation() {
    return generation;
  }

  /** What it held is no longer there. */
  void forgetContent() {
    unacknowledged.clear();
    held = null;
    safe = 0;
    complete = false;
  }

  /** Sends what has been added, up to a number of bytes. */
  Step send(LogOutlet outlet, long most, Totals totals) throws IOException {
    OpenLog open = log;
    if (open == null || identity == null) {
      return Step.AT_END;
    }
    if (open.isCutOff() || isReplaced(open)) {
      return Step.CONTENT_CHANGED;
    }
    boolean checked = false;
    long sent = 0;
    while (sent < most) {
      LogBlock block = held == null ? open.nextLines() : held;
      if (block == null) {
        return end(open, totals);
      }
      // looked at after the reading: what was read before that is of the file it was taken for
      if (!checked && !identity.equals(open.identity(source))) {
        return Step.CONTENT_CHANGED;
      }
      checked = true;
      held = block;
      if (!offer(outlet, block, totals)) {
        return Step.REFUSED;
      }
      held = null;
      sent += block.bytes().length;
    }
    return Step.MORE;
  }

  private boolean isReplaced(OpenLog open) throws IOException {
    boolean replaced = suspect && !String.valueOf(identity).equals(open.identity(source));
    suspect = false;
    return replaced;
  }

  /** Sends a last line that has no end, when nothing more can come; false when there is no room. */
  boolean sendRest(LogOutlet outlet, Totals totals) throws IOException {
    OpenLog open = log;
    if (held == null && open != null && identity != null) {
      held = open.rest();
    }
    if (held != null && offer(outlet, held, totals)) {
      held = null;
    }
    return held == null;
  }

  private Step end(OpenLog open, Totals totals) {
    totals.cut(open.takeCuts());
    complete = open.isComplete();
    return Step.AT_END;
  }

  private boolean offer(LogOutlet outlet, LogBlock block, Totals totals) {
    byte[] bytes = block.bytes();
    CompletableFuture<Void> taken = outlet.send(new Parcel(source, bytes, headers(block)));
    if (taken.isCompletedExceptionally()) {
      return false;
    }
    boolean wholeLines = bytes[bytes.length - 1] == '\n';
    unacknowledged.add(block.position() + bytes.length, wholeLines, bytes.length, taken);
    totals.sent(block);
    return true;
  }

  private Map<LogHeader, byte[]> headers(LogBlock block) {
    String file = generation == 0 ? identity : identity + "." + generation;
    return Map.of(
        LogHeader.FILE,
        String.valueOf(file).getBytes(UTF_8),
        LogHeader.POSITION,
        Long.toString(block.position()).getBytes(UTF_8));
  }

  /** See {@link Unacknowledged#settle}. */
  void settle() throws IOException {
    safe = unacknowledged.settle(safe);
  }

  boolean isAllSafe() {
    return unacknowledged.isEmpty() && held == null;
  }

  long unsafeBytes() {
    return unacknowledged.bytes();
  }

  /** Bytes of it that were not read. */
  long bytesBehind() throws IOException {
    if (log != null) {
      return log.bytesBehind();
    }
    return complete ? 0 : Math.max(0, isPacked() ? size : size - safe);
  }

  Place place() {
    return new Place(
        path.toString(),
        key,
        source,
        identity,
        generation,
        safe,
        size,
        modified,
        complete && isAllSafe());
  }

  void close() throws IOException {
    OpenLog open = log;
    log = null;
    if (open != null) {
      open.close();
    }
  }

  /** How far a sending has come. */
  enum Step {
    /** All that is there was sent. */
    AT_END,
    /** There is more, after others have had their turn. */
    MORE,
    /** The outlet has no room. */
    REFUSED,
    /** The file was emptied, or holds something else than before. */
    CONTENT_CHANGED
  }
}
