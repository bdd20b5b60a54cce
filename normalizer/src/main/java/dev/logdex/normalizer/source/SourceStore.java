package dev.logdex.normalizer.source;

import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Keeps the pieces of state of every source, so that a restart loses nothing. */
public interface SourceStore {
  /** The sources of which there are any pieces. */
  Collection<String> sources();

  /** The pieces of a source by their names; empty when there are none. */
  Map<String, byte[]> pieces(String source);

  /** Keeps a piece, or forgets it when it is null. */
  void put(String source, String name, byte @Nullable [] piece);
}
