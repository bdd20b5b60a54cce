package dev.logdex.normalizer.kafka;

import dev.logdex.normalizer.event.DeadLetter;
import dev.logdex.normalizer.event.QueryWindow;
import dev.logdex.runtime.EventJson;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/** How the normalizer's events stand on topics and in stores. */
public final class EventSerdes {
  /** JSON. */
  public static final Serde<QueryWindow> QUERY_WINDOW =
      Serdes.serdeFrom(EventJson.serializer(), EventJson.deserializer(QueryWindow.class));

  /** JSON. */
  public static final Serde<DeadLetter> DEAD_LETTER =
      Serdes.serdeFrom(EventJson.serializer(), EventJson.deserializer(DeadLetter.class));

  /** A form of our own, for what travels between the normalizer's own tasks. */
  public static final Serde<QueryWindow> PARTIAL_WINDOW = WindowCodec.serde();

  private EventSerdes() {}
}
