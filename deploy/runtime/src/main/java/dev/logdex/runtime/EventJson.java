package dev.logdex.runtime;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;

/**
 * JSON as it stands on the topics: ISO-8601 times and durations, absent instead of null, equal
 * values as equal bytes, and fields of a newer writer ignored.
 */
public final class EventJson {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .addModule(new Jdk8Module())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
          .build();

  private EventJson() {}

  /** The one mapper; it must not be reconfigured. */
  public static ObjectMapper mapper() {
    return MAPPER;
  }

  /** The event as JSON in UTF-8. */
  public static byte[] write(Object event) {
    try {
      return MAPPER.writeValueAsBytes(event);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The event as a line of JSON, without a line end. */
  public static String line(Object event) {
    return new String(write(event), StandardCharsets.UTF_8);
  }

  /**
   * Reads an event back.
   *
   * @throws UncheckedIOException when the bytes are not JSON of that type
   */
  public static <T> T read(byte[] json, Class<T> type) {
    try {
      return MAPPER.readValue(json, type);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** For Kafka clients; a null event is a tombstone. */
  @SuppressWarnings("NullAway") // Kafka's interface takes and gives null for tombstones
  public static <T> Serializer<T> serializer() {
    return (topic, event) -> event == null ? null : write(event);
  }

  /** For Kafka clients; a tombstone is null. */
  @SuppressWarnings("NullAway") // Kafka's interface takes and gives null for tombstones
  public static <T> Deserializer<T> deserializer(Class<T> type) {
    return (topic, json) -> {
      try {
        return json == null ? null : MAPPER.readValue(json, type);
      } catch (IOException e) {
        throw new SerializationException(
            "record on " + topic + " is not a " + type.getSimpleName(), e);
      }
    };
  }
}
