package dev.logdex.ingest.drain;

import java.util.concurrent.atomic.AtomicLong;

/** How many bytes of requests may be in memory at once, over all of them. For any thread. */
public final class ByteBudget {
  private final long most;
  private final AtomicLong held = new AtomicLong();

  public ByteBudget(long most) {
    this.most = most;
  }

  /** A share for one request; of nothing, at first. */
  public Share share() {
    return new Share();
  }

  public long held() {
    return held.get();
  }

  /** Whether nothing more is given out for now. */
  public boolean isSpent() {
    return held.get() >= most;
  }

  private boolean take(long bytes) {
    if (held.addAndGet(bytes) > most) {
      held.addAndGet(-bytes);
      return false;
    }
    return true;
  }

  /** What one request holds. For one thread at a time. */
  public final class Share {
    private final AtomicLong taken = new AtomicLong();

    private Share() {}

    /** Takes more; false, and nothing is taken, when that is more than there is. */
    public boolean grow(long bytes) {
      if (!take(bytes)) {
        return false;
      }
      taken.addAndGet(bytes);
      return true;
    }

    /** Gives back what was taken and not needed. */
    public void shrink(long bytes) {
      taken.addAndGet(-bytes);
      held.addAndGet(-bytes);
    }

    /** Gives everything back; a second time does nothing. */
    public void release() {
      held.addAndGet(-taken.getAndSet(0));
    }
  }
}
