package dev.logdex.ingest.outlet.spool;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.logdex.ingest.event.LogHeader;
import dev.logdex.ingest.outlet.LogOutlet;
import dev.logdex.ingest.outlet.OutletRefusedException;
import dev.logdex.ingest.outlet.Parcel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Keeps parcels on disk while Kafka is away, and brings them to Kafka in their order when it is
 * back. A parcel is safe when Kafka has acknowledged it or it lies on disk.
 *
 * <p>Kafka counts as away when it leaves a parcel unacknowledged for some time, or the way to it
 * has no room. Then everything that is not acknowledged is written to disk, and all that comes
 * follows through the disk until Kafka was given all of that: so every source keeps its order. What
 * Kafka took in the end although it had not said so comes twice, and so does what was on its way
 * when the process was killed: every parcel bears a {@link LogHeader#DELIVERY} by which the reader
 * knows it again, and of a source so few are on their way that it does.
 */
public final class SpoolingOutlet implements LogOutlet, AutoCloseable {
  private static final long TICK_MILLIS = 20;
  private static final long CLOSE_NANOS = TimeUnit.SECONDS.toNanos(2);

  /** Bytes from disk that are on their way to Kafka at once. */
  private static final long WINDOW_BYTES = 4L * 1024 * 1024;

  private final SpoolOptions options;
  private final LogOutlet kafka;
  private final SpoolCounts counts = new SpoolCounts();
  private final Spool spool;
  private final Drain drain;
  private final String instance = UUID.randomUUID().toString();
  private final Thread worker = new Thread(this::work, "spool");

  // guarded by this
  private final Underway direct = new Underway();
  private final Deque<Entry> toWrite = new ArrayDeque<>();
  private long toWriteBytes;
  private long sequence;
  private boolean spooling;

  /** Parcels from disk that Kafka had acknowledged when this time of spooling began. */
  private long drainedBefore;

  /** Whether Kafka acknowledged since then what it was given before. */
  private boolean acknowledges;

  private boolean diskRefuses;
  private boolean closing;

  private SpoolingOutlet(SpoolOptions options, LogOutlet kafka) throws IOException {
    this.options = options;
    this.kafka = kafka;
    this.spool = Spool.open(options.folder(), options.bytesMax(), counts);
    this.drain = new Drain(spool, kafka, counts, WINDOW_BYTES);
    this.spooling = counts.bytes() > 0;
    worker.setDaemon(true);
    worker.start();
  }

  /**
   * Opens the folder, and begins to bring to Kafka what is in it.
   *
   * @throws UncheckedIOException when it cannot be used
   */
  public static SpoolingOutlet open(SpoolOptions options, LogOutlet kafka) {
    try {
      return new SpoolingOutlet(options, kafka);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot use the spool in " + options.folder(), e);
    }
  }

  /** What happened so far. */
  public SpoolCounts counts() {
    return counts;
  }

  /** Whether parcels go through the disk now. */
  public synchronized boolean isSpooling() {
    return spooling;
  }

  @Override
  public synchronized CompletableFuture<Void> send(Parcel parcel) {
    if (closing) {
      return CompletableFuture.failedFuture(new OutletRefusedException("ingest is ending"));
    }
    Entry entry = new Entry(withDelivery(parcel));
    if (!spooling && !handOver(entry)) {
      startSpooling();
    }
    return spooling ? enqueue(entry) : entry.safe();
  }

  /** Waits a little for Kafka, then writes down what it has not acknowledged. */
  @Override
  public void close() {
    synchronized (this) {
      closing = true;
      long deadline = System.nanoTime() + CLOSE_NANOS;
      while (!direct.isEmpty() && System.nanoTime() < deadline) {
        pause();
      }
      if (!direct.isEmpty()) {
        startSpooling();
      }
      notifyAll();
    }
    try {
      worker.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Parcel withDelivery(Parcel parcel) {
    if (parcel.headers().containsKey(LogHeader.DELIVERY)) {
      return parcel;
    }
    Map<LogHeader, byte[]> headers = new EnumMap<>(LogHeader.class);
    headers.putAll(parcel.headers());
    headers.put(LogHeader.DELIVERY, (instance + "-" + sequence++).getBytes(US_ASCII));
    return new Parcel(parcel.source(), parcel.lines(), headers);
  }

  /** Sends it without the disk; false when there is no room on the way. */
  @SuppressWarnings("FutureReturnValueIgnored") // settle throws nothing
  private boolean handOver(Entry entry) {
    if (!direct.hasRoom(entry.parcel().source())) {
      return false;
    }
    CompletableFuture<Void> sent = kafka.send(entry.parcel());
    if (OutletRefusedException.isLackOfRoom(sent)) {
      return false;
    }
    direct.add(entry);
    sent.whenComplete((nothing, error) -> settle(entry, error));
    return true;
  }

  private CompletableFuture<Void> enqueue(Entry entry) {
    long size = ParcelCodec.size(entry.parcel());
    if (diskRefuses || counts.bytes() + toWriteBytes + size > options.bytesMax()) {
      counts.refused.increment();
      return CompletableFuture.failedFuture(
          new OutletRefusedException("the spool in " + options.folder() + " is full"));
    }
    write(entry);
    return entry.safe();
  }

  private void write(Entry entry) {
    toWrite.add(entry);
    toWriteBytes += ParcelCodec.size(entry.parcel());
    notifyAll();
  }

  private void startSpooling() {
    spooling = true;
    drainedBefore = counts.drained();
    acknowledges = false;
    // Kafka's producer has these too and may still bring them; disk has them for certain
    direct.takeAll().forEach(this::write);
  }

  /**
   * Whether the disk is needed no more. It does not have to be empty for that: where much comes,
   * something is always under way. Nor does it have to take what waits for it.
   */
  private boolean isCaughtUp() {
    boolean isBack = acknowledges || counts.drained() > drainedBefore;
    return (toWrite.isEmpty() && drain.isIdle()) || (isBack && drain.hasSentAll(options.after()));
  }

  /** Kafka has all that was written, or gets it first: what waits for the disk follows directly. */
  private void stopSpooling() {
    List<Entry> waiting = List.copyOf(toWrite);
    toWrite.clear();
    toWriteBytes = 0;
    diskRefuses = false;
    spooling = false;
    for (Entry entry : waiting) {
      if (!spooling && !entry.safe().isDone() && !handOver(entry)) {
        startSpooling();
      }
      if (spooling) {
        write(entry);
      }
    }
  }

  private void settle(Entry entry, @Nullable Throwable error) {
    boolean wasDirect;
    synchronized (this) {
      wasDirect = direct.remove(entry);
      acknowledges |= !wasDirect && error == null;
      notifyAll();
    }
    if (error == null) {
      entry.safe().complete(null);
    } else if (wasDirect) {
      entry.safe().completeExceptionally(error);
    }
  }

  private void work() {
    try (spool) {
      while (!isDone()) {
        writeDown(takeBatch());
        drainQuietly();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the spool in " + options.folder() + " did not close", e);
    }
  }

  /** Whether to end: all that is to be written is written. */
  private synchronized boolean isDone() {
    return closing && direct.isEmpty() && (toWrite.isEmpty() || diskRefuses);
  }

  private synchronized List<Entry> takeBatch() {
    if (toWrite.isEmpty() || diskRefuses) {
      pause();
    }
    if (spooling && !closing && isCaughtUp()) {
      stopSpooling();
    }
    if (!spooling && direct.isOverdue(options.after())) {
      startSpooling();
    }
    return List.copyOf(toWrite);
  }

  /** Writes the entries; those that the disk does not take stay where they are. */
  private void writeDown(List<Entry> batch) {
    if (batch.isEmpty()) {
      return;
    }
    List<Entry> written = new ArrayList<>();
    boolean failed = false;
    try {
      for (Entry entry : batch) {
        spool.append(entry.parcel());
        written.add(entry);
      }
      spool.force();
    } catch (IOException e) { // no room on the device, mostly
      counts.failedWrites.increment();
      failed = true;
    }
    synchronized (this) {
      diskRefuses = failed;
      written.forEach(this::forget);
    }
    drain.more();
    written.forEach(entry -> entry.safe().complete(null));
  }

  private void forget(Entry entry) {
    toWrite.remove(entry);
    toWriteBytes -= ParcelCodec.size(entry.parcel());
  }

  private void drainQuietly() {
    try {
      drain.run();
    } catch (IOException e) { // tried again at the next turn
      counts.failedWrites.increment();
    }
  }

  @SuppressWarnings("WaitNotInLoop") // whoever pauses looks again at what it waits for
  private synchronized void pause() {
    try {
      wait(TICK_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
