package dev.logdex.normalizer.envelope;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logdex.normalizer.event.DeadLetterReason;
import dev.logdex.normalizer.structured.FieldEntry;
import dev.logdex.normalizer.structured.LogField;
import dev.logdex.normalizer.text.Place;
import dev.logdex.normalizer.text.Utf8;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Feeds an {@link EnvelopeReader} records as a source does, and takes down what it tells. */
final class Unwrapped implements EnvelopeReader.Outlet {
  static final Instant ARRIVED = Instant.parse("2026-11-21T12:00:00Z");

  /** One line of it. */
  record Line(
      String form, String stream, @Nullable Instant time, long message, long chunk, String text) {}

  final List<Line> lines = new ArrayList<>();

  /** Of each entry its fields in their order, as {@code NAME=value}. */
  final List<List<String>> entries = new ArrayList<>();

  /** What stood around the entries: form and stream. */
  final List<String> around = new ArrayList<>();

  final List<IgnoredCause> ignored = new ArrayList<>();
  final List<DeadLetterReason> reasons = new ArrayList<>();
  final List<String> details = new ArrayList<>();

  static EnvelopeReader reader() {
    return reader(EnvelopeReader.AUTO);
  }

  static EnvelopeReader reader(String envelope) {
    return new EnvelopeReader(null, envelope, 1 << 20);
  }

  static Unwrapped of(String... records) {
    Unwrapped told = new Unwrapped();
    EnvelopeReader reader = reader();
    for (String record : records) {
      told.read(reader, record);
    }
    return told;
  }

  Unwrapped read(EnvelopeReader reader, String record) {
    return read(reader, record.getBytes(UTF_8));
  }

  Unwrapped read(EnvelopeReader reader, byte[] record) {
    byte[] value = record;
    if (reader.isCompressed(value, 0, value.length)) {
      value = reader.inflate(value, 0, value.length, this);
      if (value == null) {
        return this;
      }
    }
    int from = 0;
    while (from < value.length) {
      int to = reader.endOfUnit(value, from, value.length, this);
      reader.read(value, from, to, ARRIVED, this);
      from = to < value.length && value[to] == '\n' ? to + 1 : to;
    }
    reader.endOfRecord(ARRIVED, this);
    return this;
  }

  List<String> texts() {
    return lines.stream().map(Line::text).toList();
  }

  List<String> forms() {
    return lines.stream().map(Line::form).toList();
  }

  @Override
  public void line(UnwrappedLine line) {
    lines.add(
        new Line(
            line.form(),
            line.stream(),
            line.time(),
            line.message(),
            line.chunk(),
            new String(line.bytes(), line.from(), line.to() - line.from(), UTF_8)));
  }

  @Override
  public void fields(FieldEntry entry, UnwrappedLine line) {
    List<String> fields = new ArrayList<>();
    for (LogField field : LogField.values()) {
      Utf8 value = entry.get(field);
      if (value != null) {
        fields.add(field + "=" + value);
      }
    }
    entries.add(fields);
    around.add(line.form() + "|" + line.stream());
  }

  @Override
  public void ignored(IgnoredCause why) {
    ignored.add(why);
  }

  @Override
  public void rejected(DeadLetterReason reason, String detail, byte[] bytes, int from, int to) {
    reasons.add(reason);
    details.add(detail);
  }

  @Override
  public void rejectedAt(Place place, DeadLetterReason reason, String detail, byte[] excerpt) {
    rejected(reason, detail, excerpt, 0, excerpt.length);
  }

  @Override
  public Place place() {
    return new Place("", 0);
  }
}
