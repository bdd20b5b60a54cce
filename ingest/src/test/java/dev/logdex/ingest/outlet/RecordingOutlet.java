package dev.logdex.ingest.outlet;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Keeps what it was given, and acknowledges, refuses or fails it as a test wants. */
public final class RecordingOutlet implements LogOutlet {
  private final List<Parcel> parcels = new ArrayList<>();
  private final List<CompletableFuture<Void>> open = new ArrayList<>();
  private final List<Parcel> unacknowledged = new ArrayList<>();
  private boolean acknowledging = true;
  private boolean refusing;

  @Override
  public synchronized CompletableFuture<Void> send(Parcel parcel) {
    if (refusing) {
      return CompletableFuture.failedFuture(new OutletRefusedException("full"));
    }
    parcels.add(parcel);
    if (acknowledging) {
      return CompletableFuture.completedFuture(null);
    }
    CompletableFuture<Void> safe = new CompletableFuture<>();
    open.add(safe);
    unacknowledged.add(parcel);
    return safe;
  }

  /** From now on nothing is acknowledged. */
  public synchronized void fallSilent() {
    acknowledging = false;
  }

  /** From now on, or no longer, there is no room. */
  public synchronized void refuse(boolean refuse) {
    refusing = refuse;
  }

  /** Acknowledges all that came, and what comes. */
  public void acknowledge() {
    List<CompletableFuture<Void>> all;
    synchronized (this) {
      acknowledging = true;
      all = List.copyOf(open);
      open.clear();
      unacknowledged.clear();
    }
    all.forEach(safe -> safe.complete(null));
  }

  /** Acknowledges what came first of what is not acknowledged. */
  public void acknowledgeEldest() {
    CompletableFuture<Void> eldest;
    synchronized (this) {
      eldest = open.remove(0);
      unacknowledged.remove(0);
    }
    eldest.complete(null);
  }

  /** Nothing that was not acknowledged has come, as when its sender is killed. */
  public synchronized void loseUnacknowledged() {
    Set<Parcel> lost = Collections.newSetFromMap(new IdentityHashMap<>());
    lost.addAll(unacknowledged);
    parcels.removeIf(lost::contains);
    open.clear();
    unacknowledged.clear();
  }

  /** Fails all that came. */
  public void fail(Exception error) {
    List<CompletableFuture<Void>> all;
    synchronized (this) {
      all = List.copyOf(open);
      open.clear();
    }
    all.forEach(safe -> safe.completeExceptionally(error));
  }

  public synchronized List<Parcel> parcels() {
    return List.copyOf(parcels);
  }

  /** All lines of a source, in their order. */
  public String text(String source) {
    StringBuilder text = new StringBuilder();
    parcels().stream()
        .filter(parcel -> parcel.source().equals(source))
        .forEach(parcel -> text.append(new String(parcel.lines(), UTF_8)));
    return text.toString();
  }
}
