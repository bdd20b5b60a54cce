package dev.logdex.ingest.drain;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;

/** Writes documents of JSON as one line each: those of an array, or of a row of documents. */
final class JsonDocuments {
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          // what a sender wrote must not come into an exception's text
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(100).build())
          .build();

  private JsonDocuments() {}

  /**
   * Writes each document with the bytes that it has, line ends between its members excepted. A text
   * in place of a document is written as the lines that it holds.
   */
  static void copy(byte[] body, ParcelWriter writer) throws RefusedException {
    requireUtf8(body);
    try (JsonParser json = FACTORY.createParser(body)) {
      for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
        copyOne(json, token, body, writer);
      }
    } catch (IOException e) {
      throw new RefusedException(Refusal.MALFORMED, "the body is not well-formed JSON", e);
    }
  }

  private static void copyOne(JsonParser json, JsonToken token, byte[] body, ParcelWriter writer)
      throws IOException, RefusedException {
    if (token == JsonToken.START_OBJECT) {
      int from = (int) json.currentTokenLocation().getByteOffset();
      json.skipChildren();
      int to = (int) json.currentLocation().getByteOffset();
      onOneLine(body, from, to);
      writer.unit(body, from, to);
    } else if (token == JsonToken.VALUE_STRING) {
      byte[] lines = json.getText().getBytes(UTF_8);
      writer.lines(lines, 0, lines.length);
    } else if (token != JsonToken.START_ARRAY && token != JsonToken.END_ARRAY) {
      throw RefusedException.malformed("the body's JSON must hold objects or texts");
    }
  }

  /** In a document line ends stand between members only, where they mean nothing. */
  private static void onOneLine(byte[] body, int from, int to) {
    for (int at = from; at < to; at++) {
      if (body[at] == '\n') {
        body[at] = ' ';
      }
    }
  }

  /** In the other encodings of JSON one of the first two bytes is 0, or they are a mark. */
  private static void requireUtf8(byte[] body) throws RefusedException {
    for (int at = 0; at < Math.min(2, body.length); at++) {
      if (body[at] == 0 || body[at] == (byte) 0xfe || body[at] == (byte) 0xff) {
        throw RefusedException.malformed("the body's JSON must be in UTF-8");
      }
    }
  }
}
