package dev.logdex.normalizer.statement;

import dev.logdex.normalizer.text.Utf8;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one process has prepared by SQL, for an EXECUTE of it whose message does not tell. */
final class PreparedTexts {
  private static final int MOST_NAMES = 100;

  /** What the objects of a text take in memory, about. */
  private static final int OBJECTS_BYTES = 150;

  private final String session;
  private long order;
  private final Map<String, Utf8> texts = new LinkedHashMap<>();
  private long bytes = OBJECTS_BYTES;

  /**
   * @param session of the process; empty when the log does not tell
   */
  PreparedTexts(String session) {
    this.session = session;
  }

  boolean isOfSession(String other) {
    return session.isEmpty() || other.isEmpty() || session.equals(other);
  }

  /** When it was used last, counted within the source. */
  long order() {
    return order;
  }

  void touch(long orderInSource) {
    order = orderInSource;
  }

  /** What it takes in memory, about. */
  long bytes() {
    return bytes;
  }

  boolean isEmpty() {
    return texts.isEmpty();
  }

  @Nullable Utf8 get(String name) {
    return texts.get(name);
  }

  /** Keeps a text of its own; of too many names the oldest is forgotten. */
  void put(PreparedText prepared) {
    put(prepared.name(), prepared.statement());
  }

  private void put(String name, Utf8 text) {
    remove(name);
    texts.put(name, text.detached());
    bytes += size(name, text);
    if (texts.size() > MOST_NAMES) {
      remove(texts.keySet().iterator().next());
    }
  }

  void remove(String name) {
    Utf8 before = texts.remove(name);
    if (before != null) {
      bytes -= size(name, before);
    }
  }

  void clear() {
    texts.clear();
    bytes = OBJECTS_BYTES;
  }

  private static long size(String name, Utf8 text) {
    return OBJECTS_BYTES + name.length() + (long) text.length();
  }

  void write(DataOutputStream out) throws IOException {
    StateText.write(out, session);
    out.writeLong(order);
    out.writeInt(texts.size());
    for (Map.Entry<String, Utf8> text : texts.entrySet()) {
      StateText.write(out, text.getKey());
      StateText.write(out, text.getValue());
    }
  }

  static PreparedTexts read(DataInputStream in) throws IOException {
    PreparedTexts read = new PreparedTexts(StateText.readText(in));
    read.touch(in.readLong());
    int size = in.readInt();
    for (int i = 0; i < size; i++) {
      read.put(StateText.readText(in), StateText.readUtf8(in));
    }
    return read;
  }
}
