package dev.logdex.normalizer.logentry;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logdex.normalizer.text.Utf8;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * Text that grows by stretches of bytes. It is decoded once, at its end, because a chunk may end
 * inside a character; bytes that are no UTF-8 are replaced.
 */
final class ByteText {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);

  void append(byte[] line, int from, int to) {
    bytes.write(line, from, to - from);
  }

  void append(char ascii) {
    bytes.write(ascii);
  }

  void clear() {
    bytes.reset();
  }

  int length() {
    return bytes.size();
  }

  void write(DataOutputStream out) throws IOException {
    out.writeInt(bytes.size());
    bytes.writeTo(out);
  }

  void read(DataInputStream in) throws IOException {
    int length = in.readInt();
    bytes.writeBytes(in.readNBytes(length));
  }

  /** The beginning, at most this many bytes. */
  String toString(int maxBytes) {
    byte[] all = bytes.toByteArray();
    return new String(all, 0, Math.min(maxBytes, all.length), UTF_8);
  }

  Utf8 toUtf8() {
    byte[] all = bytes.toByteArray();
    return Utf8.view(all, 0, all.length);
  }

  @Override
  public String toString() {
    return bytes.toString(UTF_8);
  }
}
