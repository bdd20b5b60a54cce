package dev.logdex.recommender.event;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.time.Instant;

/**
 * A state change of a recommendation as a CloudEvent 1.0 in structured JSON; the record's key is
 * the recommendation's id.
 *
 * @param specversion of CloudEvents: 1.0
 * @param id unique to this event: the recommendation's id and the number of the change
 * @param type {@code dev.logdex.recommendation.} and the state
 * @param subject the recommendation's id
 * @param time event time of the evidence, so that a replay gives the same events
 */
public record RecommendationEvent(
    String specversion,
    String id,
    URI source,
    String type,
    String subject,
    Instant time,
    String datacontenttype,
    URI dataschema,
    Recommendation data) {
  /** Content type of the Kafka record, in its {@code content-type} header. */
  public static final String CONTENT_TYPE = "application/cloudevents+json; charset=UTF-8";

  public RecommendationEvent {
    requireNonNull(specversion, "specversion");
    requireNonNull(id, "id");
    requireNonNull(source, "source");
    requireNonNull(type, "type");
    requireNonNull(subject, "subject");
    requireNonNull(time, "time");
    requireNonNull(data, "data");
  }
}
