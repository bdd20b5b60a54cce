package dev.logdex.ingest.tail;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** What was sent of one file and is not known to be safe, in its order. */
final class Unacknowledged {
  private final Deque<Sent> sent = new ArrayDeque<>();
  private long bytes;

  void add(long end, boolean wholeLines, int length, CompletableFuture<Void> safe) {
    sent.add(new Sent(end, wholeLines, length, safe));
    bytes += length;
  }

  /**
   * Goes over what has become safe.
   *
   * @param before up to where all was safe
   * @return up to where it is now; the begin of a line, so that one can go on there
   * @throws IOException when something was not taken; what was sent after it may have been, so that
   *     sending it again would come too late
   */
  long settle(long before) throws IOException {
    long position = before;
    while (!sent.isEmpty() && sent.getFirst().safe.isDone()) {
      Sent next = sent.removeFirst();
      bytes -= next.length;
      try {
        next.safe.join();
      } catch (CompletionException | CancellationException e) {
        throw new IOException("lines were not taken", e);
      }
      position = next.wholeLines ? next.end : position;
    }
    return position;
  }

  boolean isEmpty() {
    return sent.isEmpty();
  }

  long bytes() {
    return bytes;
  }

  /** Forgets all, when the file no longer holds it. */
  void clear() {
    sent.clear();
    bytes = 0;
  }

  private record Sent(long end, boolean wholeLines, int length, CompletableFuture<Void> safe) {}
}
