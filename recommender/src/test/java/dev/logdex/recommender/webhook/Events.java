package dev.logdex.recommender.webhook;

import dev.logdex.recommender.event.Recommendation;
import dev.logdex.recommender.event.RecommendationEvent;
import dev.logdex.recommender.event.RecommendationState;
import dev.logdex.runtime.EventJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;

/** Events for receivers, made from the published sample. */
public final class Events {
  private Events() {}

  public static RecommendationEvent event(String id, long change, RecommendationState state) {
    return event(id, change, state, Map.of());
  }

  /** An event whose data differs in some members, named as in JSON. */
  public static RecommendationEvent event(
      String id, long change, RecommendationState state, Map<String, String> other) {
    var tree = sample();
    other.forEach(tree::put);
    tree.put("id", id).put("state", state.word());
    Recommendation data = EventJson.mapper().convertValue(tree, Recommendation.class);
    RecommendationEvent sample = EventJson.read(bytes(), RecommendationEvent.class);
    return RecommendationEvent.of(sample.source(), data, change, sample.time());
  }

  private static com.fasterxml.jackson.databind.node.ObjectNode sample() {
    RecommendationEvent event = EventJson.read(bytes(), RecommendationEvent.class);
    return EventJson.mapper().valueToTree(event.data());
  }

  private static byte[] bytes() {
    try (InputStream in = Events.class.getResourceAsStream("/events/recommendation-event.json")) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
