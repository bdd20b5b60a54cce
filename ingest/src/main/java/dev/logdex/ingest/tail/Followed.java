package dev.logdex.ingest.tail;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A file together with when it was seen, grew and lost its name. */
final class Followed {
  private final TailedFile file;
  private long grewAt;
  private long changedAt;
  private long goneAt;
  private boolean gone;
  private boolean restSent;
  private boolean waiting;
  private boolean unreadable;
  private boolean missing;

  Followed(TailedFile file, long now) {
    this.file = file;
    this.grewAt = now;
    this.changedAt = now;
  }

  TailedFile file() {
    return file;
  }

  long grewAt() {
    return grewAt;
  }

  long changedAt() {
    return changedAt;
  }

  void grew(long now) {
    grewAt = now;
  }

  void changed(long now) {
    changedAt = now;
  }

  /**
   * What a scan has found of it.
   *
   * @param found null when no name that matches leads to it
   */
  void update(Discovery.@Nullable Found found, long now) {
    if (found == null) {
      goneAt = gone ? goneAt : now;
      gone = true;
      return;
    }
    gone = false;
    missing = false;
    restSent = false;
    refresh(found, now);
  }

  /** What is known of it now, whether its name matches or not. */
  void refresh(Discovery.Found found, long now) {
    missing = false;
    if (file.found(found.path(), found.key())) {
      changedAt = now;
      waiting = false;
    }
    unreadable = false;
  }

  /** Not to be opened again before the file has changed. */
  void waitForChange() {
    waiting = true;
  }

  /** Not to be opened again before the next scan. */
  void unreadable() {
    unreadable = true;
  }

  /** No file has its name any more. */
  void missing() {
    missing = true;
  }

  boolean isMissing() {
    return missing;
  }

  boolean isUnreadable() {
    return unreadable;
  }

  boolean isToBeOpened() {
    return !missing && !waiting && !unreadable && !file.isComplete();
  }

  boolean canBeClosed() {
    return !gone && file.isAllSafe() && file.log() instanceof PlainLog && bytesBehind() == 0;
  }

  boolean isGone() {
    return gone;
  }

  /** Whether it lost its name before, and has not grown since. */
  boolean isGoneSince(long time) {
    return gone && goneAt - time <= 0 && grewAt - time <= 0;
  }

  boolean isRestSent() {
    return restSent;
  }

  void restSent(boolean sent) {
    restSent = sent;
  }

  long bytesBehind() {
    try {
      return file.bytesBehind();
    } catch (IOException e) { // told when it is read
      return 0;
    }
  }
}
