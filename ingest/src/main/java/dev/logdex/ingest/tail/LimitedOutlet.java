package dev.logdex.ingest.tail;

import dev.logdex.ingest.outlet.LogOutlet;
import dev.logdex.ingest.outlet.OutletRefusedException;
import dev.logdex.ingest.outlet.Parcel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/** A share of an outlet, so that files, which can wait, do not take the room of senders. */
public final class LimitedOutlet implements LogOutlet {
  private final LogOutlet outlet;
  private final long bytesMax;
  private final AtomicLong unsafe = new AtomicLong();

  /**
   * @param bytesMax on their way at a time; one parcel always may be, however large
   */
  public LimitedOutlet(LogOutlet outlet, long bytesMax) {
    this.outlet = outlet;
    this.bytesMax = bytesMax;
  }

  @Override
  public CompletableFuture<Void> send(Parcel parcel) {
    int bytes = parcel.lines().length;
    if (unsafe.get() > 0 && unsafe.get() + bytes > bytesMax) {
      return CompletableFuture.failedFuture(
          new OutletRefusedException(bytesMax + " bytes of files are on their way already"));
    }
    unsafe.addAndGet(bytes);
    CompletableFuture<Void> safe = outlet.send(parcel);
    return safe.whenComplete((done, error) -> unsafe.addAndGet(-bytes));
  }
}
