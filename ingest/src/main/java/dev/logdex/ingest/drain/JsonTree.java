package dev.logdex.ingest.drain;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Optional;

/** Reads the small envelopes of delivery services whole. */
final class JsonTree {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder().disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION).build();

  private JsonTree() {}

  static JsonNode object(byte[] body) throws RefusedException {
    JsonNode root;
    try {
      root = MAPPER.readTree(body);
    } catch (IOException e) {
      throw new RefusedException(Refusal.MALFORMED, "the body is not well-formed JSON", e);
    }
    if (root == null || !root.isObject()) {
      throw RefusedException.malformed("the body must be one JSON object");
    }
    return root;
  }

  static Optional<String> text(JsonNode parent, String name) {
    return Optional.ofNullable(parent.get(name)).filter(JsonNode::isTextual).map(JsonNode::asText);
  }

  /** A member that holds bytes as base64. */
  static byte[] bytes(JsonNode parent, String name) throws RefusedException {
    JsonNode node = parent.get(name);
    if (node == null || !node.isTextual()) {
      throw RefusedException.malformed("a member '" + name + "' is missing");
    }
    try {
      return node.binaryValue();
    } catch (IOException e) {
      throw new RefusedException(Refusal.MALFORMED, "a member '" + name + "' is not in base64", e);
    }
  }
}
