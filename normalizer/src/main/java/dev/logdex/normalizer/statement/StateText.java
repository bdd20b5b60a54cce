package dev.logdex.normalizer.statement;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logdex.normalizer.text.Utf8;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Texts and times in kept state. {@code writeUTF} stops at 64 KiB; statements do not. */
public final class StateText {
  private StateText() {}

  public static void write(DataOutputStream out, @Nullable String text) throws IOException {
    if (text == null) {
      out.writeInt(-1);
      return;
    }
    byte[] bytes = text.getBytes(UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  public static void write(DataOutputStream out, Utf8 text) throws IOException {
    out.writeInt(text.length());
    out.write(text.bytes(), text.from(), text.length());
  }

  public static Utf8 readUtf8(DataInputStream in) throws IOException {
    byte[] bytes = in.readNBytes(in.readInt());
    return Utf8.view(bytes, 0, bytes.length).detached();
  }

  public static void write(DataOutputStream out, Instant time) throws IOException {
    out.writeLong(time.getEpochSecond());
    out.writeInt(time.getNano());
  }

  public static @Nullable String read(DataInputStream in) throws IOException {
    int length = in.readInt();
    return length < 0 ? null : new String(in.readNBytes(length), UTF_8);
  }

  public static String readText(DataInputStream in) throws IOException {
    String text = read(in);
    if (text == null) {
      throw new IOException("state has no text where one must be");
    }
    return text;
  }

  public static Instant readTime(DataInputStream in) throws IOException {
    return Instant.ofEpochSecond(in.readLong(), in.readInt());
  }
}
