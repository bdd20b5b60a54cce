package dev.logdex.ingest.tail;

import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides where the reading of a file begins: where that of the same content has stopped, under
 * whatever name and packing; else, for what was there at the start, where the options say.
 */
final class Beginnings {
  private final TailOptions options;
  private final Places places;
  private final Supplier<? extends Collection<TailedFile>> files;

  /** Logs of which a former run has left no place. */
  private final Set<String> unknownAtStart = new HashSet<>();

  Beginnings(TailOptions options, Places places, Supplier<? extends Collection<TailedFile>> files) {
    this.options = options;
    this.places = places;
    this.files = files;
  }

  /** It was there when following began. */
  void wasThereAtStart(TailedFile file) {
    // an empty one has only what is written from now on
    if (file.size() > 0 && !places.knowsSource(file.source())) {
      unknownAtStart.add(file.key());
    }
  }

  /**
   * Opens a file where it is to be read on.
   *
   * @return null while that cannot be told: its first line is not whole, or it may be a copy that
   *     is still being made
   */
  @Nullable OpenLog open(TailedFile file, boolean settled) throws IOException {
    return file.isPacked() ? openPacked(file) : openPlain(file, settled);
  }

  private @Nullable OpenLog openPacked(TailedFile file) throws IOException {
    String identity = PackedLog.identity(file.path(), file.source());
    if (identity == null) {
      return null;
    }
    Known known = known(file, identity);
    if (known == null && isLeftOut(file) && isStillNamed(file)) {
      file.resume(identity, 0, 0);
      file.completed();
      return null;
    }
    Known from = known == null ? Known.NOTHING : known;
    PackedLog log = PackedLog.open(file.path(), options.limits(), from.position);
    boolean named = false;
    try {
      named = isStillNamed(file);
    } finally {
      if (!named) {
        log.close();
      }
    }
    if (named) {
      file.resume(identity, from.generation, from.position);
    }
    return named ? log : null;
  }

  /** Another file may have got the name since the last scan; then what was opened is that one. */
  private static boolean isStillNamed(TailedFile file) throws IOException {
    return FileKey.of(file.path()).key().equals(file.key());
  }

  private @Nullable OpenLog openPlain(TailedFile file, boolean settled) throws IOException {
    PlainLog log = PlainLog.open(file.path(), options.limits());
    boolean begun = false;
    try {
      begun = isStillNamed(file) && begin(file, log, settled);
      return begun ? log : null;
    } finally {
      if (!begun) {
        log.close();
      }
    }
  }

  private boolean begin(TailedFile file, PlainLog log, boolean settled) throws IOException {
    String identity = log.identity(file.source());
    if (identity == null) {
      unknownAtStart.remove(file.key());
      return false;
    }
    Known known = known(file, identity);
    if (known != null && log.file().size() < known.position) {
      if (!settled && !known.sameFile) {
        return false;
      }
      known = new Known(known.generation + 1, 0, true);
    }
    Known from = known == null ? new Known(0, firstPosition(file, log), true) : known;
    unknownAtStart.remove(file.key());
    log.seek(from.position);
    file.resume(identity, from.generation, from.position);
    return true;
  }

  private long firstPosition(TailedFile file, PlainLog log) throws IOException {
    if (!unknownAtStart.contains(file.key())) {
      return 0;
    }
    return isLeftOut(file) ? LastLine.end(log.file()) : options.from().position(log.file());
  }

  private boolean isLeftOut(TailedFile file) {
    Instant modified = file.modified();
    return unknownAtStart.contains(file.key()) && options.from().isAfter(modified);
  }

  /** What is known of a file's content: by itself, by its former self, by a copy. */
  private @Nullable Known known(TailedFile file, String identity) {
    if (identity.equals(file.identity())) {
      return new Known(file.generation(), file.safe(), true);
    }
    Place own = places.ofKey(file.key());
    if (own != null && identity.equals(own.identity()) && own.source().equals(file.source())) {
      return new Known(own.generation(), own.position(), true);
    }
    return copied(file, identity);
  }

  private @Nullable Known copied(TailedFile file, String identity) {
    Place place = places.ofContent(file.source(), identity);
    Known best = place == null ? null : new Known(place.generation(), place.position(), false);
    for (TailedFile other : files.get()) {
      if (other != file
          && other.source().equals(file.source())
          && identity.equals(other.identity())
          && (best == null || other.safe() > best.position)) {
        best = new Known(other.generation(), other.safe(), false);
      }
    }
    return best;
  }

  private record Known(int generation, long position, boolean sameFile) {
    static final Known NOTHING = new Known(0, 0, true);
  }
}
