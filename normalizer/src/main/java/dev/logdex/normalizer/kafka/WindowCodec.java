package dev.logdex.normalizer.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logdex.normalizer.event.Fingerprint;
import dev.logdex.normalizer.event.QueryWindow;
import dev.logdex.normalizer.event.Sample;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.jspecify.annotations.Nullable;

/**
 * Windows in the store of partial ones, in a form of our own: there a window is written for every
 * record that adds to it, and JSON would cost more than the reading of the log.
 */
final class WindowCodec {
  private static final int FORM = 1;
  private static final int NULL = -1;

  private WindowCodec() {}

  @SuppressWarnings("NullAway") // Kafka gives null for a deletion
  static Serde<QueryWindow> serde() {
    return Serdes.serdeFrom(
        (topic, window) -> window == null ? null : write(window),
        (topic, bytes) -> bytes == null ? null : read(bytes));
  }

  static byte[] write(QueryWindow window) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
    try {
      write(window, new DataOutputStream(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static QueryWindow read(byte[] bytes) {
    try {
      return read(new DataInputStream(new ByteArrayInputStream(bytes)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(QueryWindow window, DataOutputStream out) throws IOException {
    out.writeByte(FORM);
    out.writeInt(window.version());
    write(window.database(), out);
    out.writeLong(window.fingerprint().bits());
    write(window.text(), out);
    out.writeLong(window.windowStart().toEpochMilli());
    out.writeLong(window.windowSize().toMillis());
    write(window.part(), out);
    out.writeLong(window.calls());
    out.writeLong(window.timedCalls());
    out.writeDouble(window.totalTimeMs());
    out.writeDouble(window.minTimeMs());
    out.writeDouble(window.maxTimeMs());
    out.writeInt(window.samples().size());
    for (Sample sample : window.samples()) {
      write(sample, out);
    }
    out.writeInt(window.users().size());
    for (Map.Entry<String, Long> user : window.users().entrySet()) {
      write(user.getKey(), out);
      out.writeLong(user.getValue());
    }
  }

  private static QueryWindow read(DataInputStream in) throws IOException {
    int form = in.readByte();
    if (form != FORM) {
      throw new IOException("unknown form of a stored window: " + form);
    }
    return new QueryWindow(
        in.readInt(),
        readText(in),
        new Fingerprint(in.readLong()),
        readText(in),
        Instant.ofEpochMilli(in.readLong()),
        Duration.ofMillis(in.readLong()),
        readText(in),
        in.readLong(),
        in.readLong(),
        in.readDouble(),
        in.readDouble(),
        in.readDouble(),
        readSamples(in),
        readUsers(in));
  }

  private static void write(Sample sample, DataOutputStream out) throws IOException {
    write(sample.statement(), out);
    out.writeInt(sample.parameters().size());
    for (@Nullable String parameter : sample.parameters()) {
      if (parameter == null) {
        out.writeInt(NULL);
      } else {
        write(parameter, out);
      }
    }
    out.writeLong(sample.calls());
    Double slowest = sample.maxTimeMs();
    out.writeBoolean(slowest != null);
    out.writeDouble(slowest == null ? 0 : slowest);
  }

  private static List<Sample> readSamples(DataInputStream in) throws IOException {
    int count = in.readInt();
    List<Sample> samples = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      String statement = readText(in);
      List<@Nullable String> parameters = readParameters(in);
      long calls = in.readLong();
      boolean timed = in.readBoolean();
      double slowest = in.readDouble();
      samples.add(new Sample(statement, parameters, calls, timed ? slowest : null));
    }
    return samples;
  }

  private static List<@Nullable String> readParameters(DataInputStream in) throws IOException {
    int count = in.readInt();
    List<@Nullable String> parameters = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      parameters.add(readNullable(in));
    }
    return parameters;
  }

  private static Map<String, Long> readUsers(DataInputStream in) throws IOException {
    int count = in.readInt();
    Map<String, Long> users = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      users.put(readText(in), in.readLong());
    }
    return users;
  }

  private static void write(String text, DataOutputStream out) throws IOException {
    byte[] bytes = text.getBytes(UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static String readText(DataInputStream in) throws IOException {
    String text = readNullable(in);
    if (text == null) {
      throw new IOException("a stored window lacks a text");
    }
    return text;
  }

  private static @Nullable String readNullable(DataInputStream in) throws IOException {
    int length = in.readInt();
    return length == NULL ? null : new String(in.readNBytes(length), UTF_8);
  }
}
