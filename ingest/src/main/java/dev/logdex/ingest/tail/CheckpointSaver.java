package dev.logdex.ingest.tail;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;

/** Saves places by and by, when they have changed. */
final class CheckpointSaver implements Closeable {
  private static final double NANOS = 1e9;

  private final Checkpoint checkpoint;
  private final long intervalNanos;
  private List<Place> saved = List.of();
  private boolean looked;
  private long lastLook;
  private long current;

  CheckpointSaver(Checkpoint checkpoint, long intervalNanos) {
    this.checkpoint = checkpoint;
    this.intervalNanos = intervalNanos;
  }

  void saveWhenDue(Supplier<List<Place>> places, long now, Notes notes) {
    if (!looked) {
      current = now;
    }
    if (!looked || now - lastLook >= intervalNanos) {
      looked = true;
      lastLook = now;
      save(places.get(), now, notes);
    }
  }

  /** A disk that is full now may have room later; until then the age tells. */
  void save(List<Place> places, long now, Notes notes) {
    try {
      if (!places.equals(saved)) {
        checkpoint.save(places);
        saved = places;
      }
      current = now;
      notes.well("the state of followed files");
    } catch (IOException e) {
      notes.wrong(
          "the state of followed files", "the state of followed files cannot be saved: " + e);
    }
  }

  /** For how long what is saved has been out of date. */
  double ageSeconds(long now) {
    return looked ? (now - current) / NANOS : 0;
  }

  @Override
  public void close() throws IOException {
    checkpoint.close();
  }
}
