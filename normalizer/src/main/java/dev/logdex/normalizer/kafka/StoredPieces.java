package dev.logdex.normalizer.kafka;

import dev.logdex.normalizer.source.SourceStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** Pieces of state in a key-value store, under the source's name, NUL and the piece's name. */
final class StoredPieces implements SourceStore {
  private static final char SEPARATOR = '\0';

  private final KeyValueStore<String, byte[]> store;

  StoredPieces(KeyValueStore<String, byte[]> store) {
    this.store = store;
  }

  /** All pieces of a store that holds no sources. */
  static List<Map.Entry<String, byte[]>> all(KeyValueStore<String, byte[]> store) {
    List<Map.Entry<String, byte[]>> pieces = new ArrayList<>();
    try (KeyValueIterator<String, byte[]> all = store.all()) {
      all.forEachRemaining(piece -> pieces.add(Map.entry(piece.key, piece.value)));
    }
    return pieces;
  }

  /** Puts what is drained into a store; a piece that is null is deleted. */
  @SuppressWarnings("NullAway") // Kafka's store takes null for a deletion
  static void drain(
      Consumer<BiConsumer<String, byte @Nullable []>> changes,
      KeyValueStore<String, byte[]> store) {
    changes.accept((name, piece) -> store.put(name, piece));
  }

  @Override
  public Collection<String> sources() {
    Set<String> sources = new LinkedHashSet<>();
    try (KeyValueIterator<String, byte[]> all = store.all()) {
      while (all.hasNext()) {
        String key = all.next().key;
        sources.add(key.substring(0, key.indexOf(SEPARATOR)));
      }
    }
    return sources;
  }

  @Override
  public Map<String, byte[]> pieces(String source) {
    String prefix = source + SEPARATOR;
    Map<String, byte[]> pieces = new HashMap<>();
    try (KeyValueIterator<String, byte[]> found =
        store.prefixScan(prefix, new StringSerializer())) {
      while (found.hasNext()) {
        KeyValue<String, byte[]> piece = found.next();
        pieces.put(piece.key.substring(prefix.length()), piece.value);
      }
    }
    return pieces;
  }

  @Override
  @SuppressWarnings("NullAway") // Kafka's store takes null for a deletion
  public void put(String source, String name, byte @Nullable [] piece) {
    store.put(source + SEPARATOR + name, piece);
  }
}
