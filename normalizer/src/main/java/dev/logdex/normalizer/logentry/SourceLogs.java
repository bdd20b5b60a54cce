package dev.logdex.normalizer.logentry;

import java.util.List;
import java.util.Map;

/** Opens {@link SourceLog}s. */
public final class SourceLogs {
  private SourceLogs() {}

  /**
   * Begins to read a source.
   *
   * @param source its name, as dead letters give it
   */
  public static InspectableLog open(String source, LogSettings settings, LogSink sink) {
    return restore(source, settings, sink, List.of());
  }

  /**
   * Goes on reading a source from the pieces that {@link SourceLog#drainChanges} gave, in any
   * order: of each name the last one that was not null.
   *
   * @throws IllegalArgumentException when the pieces are not what was given
   */
  public static InspectableLog restore(
      String source,
      LogSettings settings,
      LogSink sink,
      Iterable<Map.Entry<String, byte[]>> pieces) {
    SourceReader reader = new SourceReader(source, settings, sink);
    reader.restore(pieces);
    return reader;
  }
}
