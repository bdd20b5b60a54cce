package dev.logdex.normalizer.envelope;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The asked-for members of one JSON document, as bytes. Reused from document to document. Of keys
 * that come twice the last one counts; a null is as good as absent.
 */
final class JsonMembers {
  private static final int MAX_NESTING = 200;

  /** A larger buffer is not kept for the next document. */
  private static final int MAX_KEPT_BYTES = 1 << 20;

  private static final JsonFactory JSON =
      new JsonFactoryBuilder()
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          // some write TABs as they are
          .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_NESTING)
                  .maxStringLength(Inflation.MAX_BYTES)
                  .build())
          .build();

  private static final byte ABSENT = 0;
  private static final byte SCALAR = 1;
  private static final byte CONTAINER = 2;

  private final JsonPaths paths;
  private final byte[] kinds;
  private final int[] starts;
  private final int[] ends;
  private byte[] source = new byte[0];
  private int sourceFrom;
  private byte[] values = new byte[4096];
  private int used;

  JsonMembers(JsonPaths paths) {
    this.paths = paths;
    this.kinds = new byte[paths.count()];
    this.starts = new int[paths.count()];
    this.ends = new int[paths.count()];
  }

  /**
   * Reads an object or an array; bytes that are no UTF-8 are replaced.
   *
   * @throws IOException when it is not well-formed or nested too deeply
   */
  void read(byte[] json, int from, int to) throws IOException {
    try {
      parse(json, from, to);
    } catch (IOException e) {
      byte[] repaired = new String(json, from, to - from, UTF_8).getBytes(UTF_8);
      if (Arrays.equals(repaired, 0, repaired.length, json, from, to)) {
        throw e;
      }
      parse(repaired, 0, repaired.length);
    }
  }

  boolean has(int slot) {
    return kinds[slot] != ABSENT;
  }

  boolean isText(int slot) {
    return kinds[slot] == SCALAR;
  }

  /** Whether the member is an object or an array, whose bytes are not unescaped. */
  boolean isContainer(int slot) {
    return kinds[slot] == CONTAINER;
  }

  byte[] bytes(int slot) {
    return isContainer(slot) ? source : values;
  }

  int from(int slot) {
    return starts[slot];
  }

  int to(int slot) {
    return ends[slot];
  }

  boolean is(int slot, byte[] text) {
    return isText(slot) && Arrays.equals(values, starts[slot], ends[slot], text, 0, text.length);
  }

  /** The first of the slots that holds a text; -1 when none does. */
  int firstText(int[] slots) {
    for (int slot : slots) {
      if (isText(slot)) {
        return slot;
      }
    }
    return -1;
  }

  String text(int slot) {
    return new String(values, starts[slot], ends[slot] - starts[slot], UTF_8);
  }

  // ---- reading

  private void parse(byte[] json, int from, int to) throws IOException {
    clear();
    source = json;
    sourceFrom = from;
    try (JsonParser parser = JSON.createParser(json, from, to - from)) {
      JsonToken token = parser.nextToken();
      if (token == JsonToken.START_OBJECT) {
        object(parser, paths.root());
      } else if (token == JsonToken.START_ARRAY) {
        array(parser, paths.root());
      }
    }
  }

  private void object(JsonParser parser, JsonPaths.Node node) throws IOException {
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      value(parser, parser.nextToken(), node.child(name));
    }
  }

  private void array(JsonParser parser, JsonPaths.Node node) throws IOException {
    int index = 0;
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      value(parser, token, index < 10 ? node.child(Integer.toString(index)) : null);
      index++;
    }
  }

  private void value(JsonParser parser, JsonToken token, JsonPaths.@Nullable Node node)
      throws IOException {
    if (node == null) {
      parser.skipChildren();
    } else if (token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY) {
      container(parser, token, node);
    } else if (node.isAskedFor()) {
      scalar(parser, token, node.slot());
    }
  }

  private void container(JsonParser parser, JsonToken token, JsonPaths.Node node)
      throws IOException {
    int start = sourceFrom + (int) parser.currentTokenLocation().getByteOffset();
    if (!node.hasChildren()) {
      parser.skipChildren();
    } else if (token == JsonToken.START_OBJECT) {
      object(parser, node);
    } else {
      array(parser, node);
    }
    if (node.isAskedFor()) {
      kinds[node.slot()] = CONTAINER;
      starts[node.slot()] = start;
      ends[node.slot()] = sourceFrom + (int) parser.currentLocation().getByteOffset();
    }
  }

  private void scalar(JsonParser parser, JsonToken token, int slot) throws IOException {
    if (token == JsonToken.VALUE_NULL) {
      kinds[slot] = ABSENT;
      return;
    }
    kinds[slot] = SCALAR;
    starts[slot] = used;
    encode(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
    ends[slot] = used;
  }

  private void clear() {
    Arrays.fill(kinds, ABSENT);
    used = 0;
    if (values.length > MAX_KEPT_BYTES) {
      values = new byte[4096];
    }
  }

  private void encode(char[] text, int offset, int length) {
    reserve(length);
    int end = offset + length;
    int at = offset;
    while (at < end && text[at] < 0x80) {
      values[used++] = (byte) text[at++];
    }
    if (at < end) {
      reserve(3L * (end - at));
      encodeRest(text, at, end);
    }
  }

  private void encodeRest(char[] text, int from, int end) {
    for (int at = from; at < end; at++) {
      char c = text[at];
      if (c < 0x80) {
        values[used++] = (byte) c;
      } else if (c < 0x800) {
        values[used++] = (byte) (0xc0 | (c >> 6));
        values[used++] = (byte) (0x80 | (c & 0x3f));
      } else if (!Character.isSurrogate(c)) {
        three(c);
      } else if (Character.isHighSurrogate(c)
          && at + 1 < end
          && Character.isLowSurrogate(text[at + 1])) {
        four(Character.toCodePoint(c, text[++at]));
      } else {
        three('\ufffd');
      }
    }
  }

  private void three(char c) {
    values[used++] = (byte) (0xe0 | (c >> 12));
    values[used++] = (byte) (0x80 | ((c >> 6) & 0x3f));
    values[used++] = (byte) (0x80 | (c & 0x3f));
  }

  private void four(int codePoint) {
    values[used++] = (byte) (0xf0 | (codePoint >> 18));
    values[used++] = (byte) (0x80 | ((codePoint >> 12) & 0x3f));
    values[used++] = (byte) (0x80 | ((codePoint >> 6) & 0x3f));
    values[used++] = (byte) (0x80 | (codePoint & 0x3f));
  }

  private void reserve(long more) {
    if (used + more > values.length) {
      long size = Math.max(used + more, 2L * values.length);
      values = Arrays.copyOf(values, (int) Math.min(Integer.MAX_VALUE - 8, size));
    }
  }
}
