package dev.logdex.normalizer.window;

import dev.logdex.normalizer.event.DurationSketch;
import dev.logdex.normalizer.event.Fingerprint;
import dev.logdex.normalizer.event.QueryWindow;
import dev.logdex.normalizer.event.Sample;
import dev.logdex.normalizer.event.WindowDetails;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Windows where only the normalizer itself reads them, in a form of our own: a third of JSON's
 * bytes. Equal windows are equal bytes.
 */
public final class WindowCodec {
  private static final int FORM = 2;

  private WindowCodec() {}

  public static byte[] write(QueryWindow window) {
    ByteWriter out = new ByteWriter();
    out.writeByte(FORM);
    out.writeNumber(window.version());
    out.writeText(window.database());
    out.writeLong(window.fingerprint().bits());
    out.writeText(window.text());
    out.writeSigned(window.windowStart().toEpochMilli());
    out.writeNumber(window.windowSize().toMillis());
    out.writeText(window.part());
    out.writeNumber(window.calls());
    out.writeNumber(window.timedCalls());
    out.writeDouble(window.totalTimeMs());
    out.writeDouble(window.minTimeMs());
    out.writeDouble(window.maxTimeMs());
    out.writeNumber(window.samples().size());
    window.samples().forEach(sample -> write(sample, out));
    writeCounts(window.users(), out);
    write(window.details(), out);
    return out.toBytes();
  }

  /**
   * Reads a window.
   *
   * @throws IllegalStateException when the bytes are none of this form
   */
  public static QueryWindow read(byte[] bytes) {
    ByteReader in = new ByteReader(bytes);
    int form = in.readByte();
    if (form != FORM) {
      throw new IllegalStateException("unknown form of a stored window: " + form);
    }
    return new QueryWindow(
        (int) in.readNumber(),
        in.readText(),
        new Fingerprint(in.readLong()),
        in.readText(),
        Instant.ofEpochMilli(in.readSigned()),
        Duration.ofMillis(in.readNumber()),
        in.readText(),
        in.readNumber(),
        in.readNumber(),
        in.readDouble(),
        in.readDouble(),
        in.readDouble(),
        readList(in, WindowCodec::readSample),
        readCounts(in),
        readDetails(in));
  }

  private static void write(WindowDetails details, ByteWriter out) {
    out.writeNumber(details.errors());
    out.writeNumber(details.cancellations());
    out.writeNumber(details.lockWaits());
    out.writeNumber(details.deadlocks());
    out.writeNumber(details.temporaryFiles());
    out.writeNumber(details.temporaryBytes());
    out.writeDouble(details.parseTimeMs());
    out.writeDouble(details.bindTimeMs());
    out.writeNumber(details.fetches());
    out.writeNumber(details.plans());
    out.writeNumber(details.rowPlans());
    out.writeNumber(details.rows());
    byte[] sketch = Base64.getDecoder().decode(details.durations().base64());
    out.writeBytes(sketch, 0, sketch.length);
    out.writeNumber(details.planEvidence().size());
    details.planEvidence().forEach(plan -> PlanCodec.write(plan, out));
    out.writeNumber(details.tags().size());
    new TreeMap<>(details.tags())
        .forEach(
            (key, values) -> {
              out.writeText(key);
              writeCounts(values, out);
            });
    out.writeNumber(details.queryIds().size());
    new TreeMap<>(details.queryIds())
        .forEach(
            (id, calls) -> {
              out.writeLong(id);
              out.writeNumber(calls);
            });
  }

  private static WindowDetails readDetails(ByteReader in) {
    return new WindowDetails(
        in.readNumber(),
        in.readNumber(),
        in.readNumber(),
        in.readNumber(),
        in.readNumber(),
        in.readNumber(),
        in.readDouble(),
        in.readDouble(),
        in.readNumber(),
        in.readNumber(),
        in.readNumber(),
        in.readNumber(),
        new DurationSketch(Base64.getEncoder().encodeToString(in.readBytes())),
        readList(in, PlanCodec::read),
        readTags(in),
        readQueryIds(in));
  }

  private static void write(Sample sample, ByteWriter out) {
    out.writeText(sample.statement());
    out.writeNumber(sample.parameters().size());
    for (@Nullable String parameter : sample.parameters()) {
      out.writeByte(parameter == null ? 0 : 1);
      if (parameter != null) {
        out.writeText(parameter);
      }
    }
    out.writeNumber(sample.calls());
    Double slowest = sample.maxTimeMs();
    out.writeByte(slowest == null ? 0 : 1);
    if (slowest != null) {
      out.writeDouble(slowest);
    }
  }

  private static Sample readSample(ByteReader in) {
    String statement = in.readText();
    List<@Nullable String> parameters = new ArrayList<>();
    for (int count = in.readCount(); count > 0; count--) {
      parameters.add(in.readByte() == 0 ? null : in.readText());
    }
    long calls = in.readNumber();
    return new Sample(statement, parameters, calls, in.readByte() == 0 ? null : in.readDouble());
  }

  private static void writeCounts(Map<String, Long> counts, ByteWriter out) {
    out.writeNumber(counts.size());
    new TreeMap<>(counts)
        .forEach(
            (name, count) -> {
              out.writeText(name);
              out.writeNumber(count);
            });
  }

  private static Map<String, Long> readCounts(ByteReader in) {
    Map<String, Long> counts = new TreeMap<>();
    for (int count = in.readCount(); count > 0; count--) {
      counts.put(in.readText(), in.readNumber());
    }
    return counts;
  }

  private static Map<String, Map<String, Long>> readTags(ByteReader in) {
    Map<String, Map<String, Long>> tags = new TreeMap<>();
    for (int count = in.readCount(); count > 0; count--) {
      tags.put(in.readText(), readCounts(in));
    }
    return tags;
  }

  private static Map<Long, Long> readQueryIds(ByteReader in) {
    Map<Long, Long> ids = new TreeMap<>();
    for (int count = in.readCount(); count > 0; count--) {
      ids.put(in.readLong(), in.readNumber());
    }
    return ids;
  }

  private static <T> List<T> readList(ByteReader in, Function<ByteReader, T> read) {
    List<T> list = new ArrayList<>();
    for (int count = in.readCount(); count > 0; count--) {
      list.add(read.apply(in));
    }
    return list;
  }
}
