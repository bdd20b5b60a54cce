package dev.logdex.ingest.outlet;

import dev.logdex.ingest.event.LogHeader;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Packs lines of many sources, each into parcels of its own, bounded by bytes and by time. For
 * senders that get no answer, so what it was given is its own: a parcel for which the outlet has no
 * room is kept, and offered again before any later one. {@link #room} tells when to hold senders
 * back; {@link LineSender} is how lines get in.
 */
public final class LinePacker implements AutoCloseable {
  private static final long CLOSE_MILLIS = 3_000;

  private final PackLimits limits;
  private final LogOutlet outlet;
  private final Room room;
  private final ConcurrentMap<SourceName, Pack> packs = new ConcurrentHashMap<>();

  /** In the order in which they fall due. */
  private final Queue<Pack> due = new ConcurrentLinkedQueue<>();

  /** Parcels that the outlet had no room for; guarded by its own monitor, like the sending. */
  private final Deque<Parcel> refused = new ArrayDeque<>();

  private final LongAdder lostParcels = new LongAdder();
  private final LongAdder lostBytes = new LongAdder();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "pack-lines");
            thread.setDaemon(true);
            return thread;
          });

  public LinePacker(PackLimits limits, LogOutlet outlet) {
    this.limits = limits;
    this.outlet = outlet;
    this.room = new Room(limits.bytesMax());
    long period = Math.max(1, limits.time().toMillis() / 2);
    clock.scheduleWithFixedDelay(this::tick, period, period, TimeUnit.MILLISECONDS);
  }

  /** Tells when senders are to be held back. */
  public Room room() {
    return room;
  }

  /** Sources that have lines waiting to be packed. */
  public int openPacks() {
    return packs.size();
  }

  /** Parcels that Kafka refuses for good, such as for want of rights; their lines are lost. */
  public long lostParcels() {
    return lostParcels.sum();
  }

  public long lostBytes() {
    return lostBytes.sum();
  }

  /** Sends what is packed, and waits a while for what the outlet has not made safe yet. */
  @Override
  public void close() {
    clock.shutdown();
    due.clear();
    packs.values().forEach(this::closePack);
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(CLOSE_MILLIS);
    while (room.used() > 0 && System.nanoTime() < deadline) {
      offerRefused();
      LockSupport.parkNanos(1_000_000);
    }
  }

  Pack open(byte[] name, int from, int to) {
    return packs.computeIfAbsent(new SourceName(name, from, to), this::newPack);
  }

  /** Adds a message to a pack; false when the pack is closed. */
  boolean add(Pack pack, byte[] message, int from, int to, boolean counted) {
    synchronized (pack) {
      if (pack.isClosed()) {
        return false;
      }
      if (pack.length() > 0 && pack.length() + (to - from) >= limits.blockBytes()) {
        send(pack);
      }
      int before = pack.length();
      pack.add(message, from, to, counted);
      room.take(pack.length() - before);
      if (pack.length() >= limits.blockBytes()) {
        send(pack);
      }
      return true;
    }
  }

  private Pack newPack(SourceName source) {
    Pack pack = new Pack(source, System.nanoTime() + limits.time().toNanos());
    due.add(pack);
    return pack;
  }

  private void tick() {
    offerRefused();
    long now = System.nanoTime();
    for (Pack pack = due.peek(); pack != null && pack.dueNanos() - now <= 0; pack = due.peek()) {
      due.remove();
      closePack(pack);
    }
  }

  private void closePack(Pack pack) {
    synchronized (pack) {
      if (pack.isClosed()) {
        return;
      }
      pack.close();
      send(pack);
      // only now: a pack that comes after it must not be sent before it
      packs.remove(pack.source(), pack);
    }
  }

  private void send(Pack pack) {
    if (pack.length() > 0) {
      send(new Parcel(pack.source().text(), pack.take(), Map.<LogHeader, byte[]>of()));
    }
  }

  private void send(Parcel parcel) {
    synchronized (refused) {
      if (!refused.isEmpty() || !offer(parcel)) {
        refused.add(parcel);
      }
    }
  }

  private void offerRefused() {
    synchronized (refused) {
      while (!refused.isEmpty() && offer(refused.element())) {
        refused.remove();
      }
    }
  }

  /** Hands a parcel on; false when there is no room for it now. */
  private boolean offer(Parcel parcel) {
    CompletableFuture<Void> sent = outlet.send(parcel);
    if (OutletRefusedException.isLackOfRoom(sent)) {
      return false;
    }
    sent.whenComplete((nothing, error) -> settle(parcel, error));
    return true;
  }

  private void settle(Parcel parcel, @Nullable Throwable error) {
    if (error != null) {
      lostParcels.increment();
      lostBytes.add(parcel.lines().length);
    }
    room.give(parcel.lines().length);
  }
}
