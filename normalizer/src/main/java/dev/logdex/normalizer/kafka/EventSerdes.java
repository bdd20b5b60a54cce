package dev.logdex.normalizer.kafka;

import dev.logdex.normalizer.event.DeadLetter;
import dev.logdex.normalizer.event.QueryWindow;
import dev.logdex.normalizer.window.WindowCodec;
import dev.logdex.runtime.EventJson;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/** How the normalizer's events stand on topics and in stores. */
public final class EventSerdes {
  /** JSON. */
  public static final Serde<QueryWindow> QUERY_WINDOW =
      Serdes.serdeFrom(EventJson.serializer(), EventJson.deserializer(QueryWindow.class));

  /** A form of our own, for parts of windows that only the normalizer reads. */
  public static final Serde<QueryWindow> WINDOW_PART = windowParts();

  /** JSON. */
  public static final Serde<DeadLetter> DEAD_LETTER =
      Serdes.serdeFrom(EventJson.serializer(), EventJson.deserializer(DeadLetter.class));

  private EventSerdes() {}

  @SuppressWarnings("NullAway") // Kafka gives null for a deletion
  private static Serde<QueryWindow> windowParts() {
    return Serdes.serdeFrom(
        (topic, window) -> window == null ? null : WindowCodec.write(window),
        (topic, bytes) -> bytes == null ? null : WindowCodec.read(bytes));
  }
}
