package dev.logdex.ingest.http;

import dev.logdex.ingest.drain.RefusedException;
import dev.logdex.ingest.drain.RequestHead;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** One request while it is read. For its connection's thread only. */
final class Exchange {
  private final RequestHead head;
  private final boolean keepAlive;
  private final Body body = new Body();
  private @Nullable Answer page;
  private Intake.@Nullable Request request;
  private boolean taken;

  Exchange(RequestHead head, boolean keepAlive) {
    this.head = head;
    this.keepAlive = keepAlive;
  }

  RequestHead head() {
    return head;
  }

  boolean keepAlive() {
    return keepAlive;
  }

  /** What the request is answered with when it is read; null when it brings lines. */
  @Nullable Answer page() {
    return page;
  }

  void page(Answer answer) {
    page = answer;
  }

  /** Null until the request was let in, and for those that bring no lines. */
  Intake.@Nullable Request request() {
    return request;
  }

  void admitted(Intake.Request admitted) {
    request = admitted;
  }

  /** Keeps a piece of the body, within what is allowed; what belongs to no lines is not kept. */
  void add(ByteBuf piece, Reception reception) throws RefusedException {
    int bytes = piece.readableBytes();
    if (request == null || bytes == 0) {
      return;
    }
    reception.checkLength((long) body.size() + bytes);
    reception.hold(request.share(), bytes);
    body.add(piece);
  }

  /** The body, with the memory that is held for it: from now on both are the taker's. */
  byte[] takeBody() {
    taken = true;
    return body.take();
  }

  /** Gives up what was read, unless it was taken. */
  void abandon() {
    if (request != null && !taken) {
      request.share().release();
    }
    body.clear();
  }
}
