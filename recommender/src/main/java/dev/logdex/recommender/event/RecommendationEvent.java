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

  /** What the type of every event begins with; the state's word follows. */
  public static final String TYPE_PREFIX = "dev.logdex.recommendation.";

  /** The part of the published JSON Schema that the data adheres to. */
  public static final URI DATA_SCHEMA = URI.create("urn:logdex:recommendation-event:1#data");

  private static final String SPECVERSION = "1.0";
  private static final String DATA_CONTENT_TYPE = "application/json";

  public RecommendationEvent {
    requireNonNull(specversion, "specversion");
    requireNonNull(id, "id");
    requireNonNull(source, "source");
    requireNonNull(type, "type");
    requireNonNull(subject, "subject");
    requireNonNull(time, "time");
    requireNonNull(datacontenttype, "datacontenttype");
    requireNonNull(dataschema, "dataschema");
    requireNonNull(data, "data");
  }

  /**
   * The event that tells of a recommendation's change.
   *
   * @param change number of the change of this recommendation, from 1
   * @param time of the evidence
   */
  public static RecommendationEvent of(URI source, Recommendation data, long change, Instant time) {
    return new RecommendationEvent(
        SPECVERSION,
        data.id() + "-" + change,
        source,
        TYPE_PREFIX + data.state().word(),
        data.id(),
        time,
        DATA_CONTENT_TYPE,
        DATA_SCHEMA,
        data);
  }

  /**
   * The number of the change, read from the event's id.
   *
   * @throws NumberFormatException when the id is not of the form that {@link #of} makes
   */
  public long change() {
    return Long.parseLong(id.substring(id.lastIndexOf('-') + 1));
  }
}
