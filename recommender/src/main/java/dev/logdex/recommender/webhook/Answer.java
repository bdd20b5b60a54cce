package dev.logdex.recommender.webhook;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.logdex.runtime.EventJson;
import java.net.http.HttpHeaders;

/**
 * What a receiver said.
 *
 * @param body the beginning of it, when it is cut
 * @param cut whether the body was longer than it may be
 */
record Answer(int status, HttpHeaders headers, String body, boolean cut) {
  Answer {
    requireNonNull(headers, "headers");
    requireNonNull(body, "body");
  }

  boolean isSuccess() {
    return status >= 200 && status < 300;
  }

  /**
   * The body as JSON.
   *
   * @throws RefusedException when it is none, or longer than it may be
   */
  JsonNode json() {
    if (cut) {
      throw new RefusedException("the answer is longer than webhook.answer.max.bytes");
    }
    try {
      return EventJson.mapper().readTree(body);
    } catch (JsonProcessingException e) {
      throw new RefusedException("the answer is not JSON");
    }
  }
}
