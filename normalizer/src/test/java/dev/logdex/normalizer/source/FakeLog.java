package dev.logdex.normalizer.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logdex.normalizer.logentry.InspectableLog;
import dev.logdex.normalizer.logentry.LogFacts;
import dev.logdex.normalizer.logentry.LogSink;
import dev.logdex.normalizer.logline.LineWord;
import dev.logdex.normalizer.statement.Execution;
import dev.logdex.normalizer.statement.LogEntry;
import dev.logdex.normalizer.statement.Parameters;
import dev.logdex.normalizer.text.Place;
import dev.logdex.normalizer.text.Utf8;
import java.time.Instant;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * A log in which each line is a statement that is told when the next line comes; a line {@code
 * fail} is a defect.
 */
final class FakeLog implements InspectableLog {
  private static final String PENDING = "pending";

  private final String source;
  private final LogSink sink;
  private String pending;
  private String drained;

  FakeLog(String source, LogSink sink, Map<String, byte[]> pieces) {
    this.source = source;
    this.sink = sink;
    this.pending = pieces.containsKey(PENDING) ? new String(pieces.get(PENDING), UTF_8) : null;
    this.drained = pending;
  }

  @Override
  public void accept(byte[] value, int offset, int length, String place, Instant arrivedAt) {
    for (String line : new String(value, offset, length, UTF_8).lines().toList()) {
      tell(place);
      if (line.equals("fail")) {
        throw new IllegalStateException("a defect");
      }
      pending = line;
    }
  }

  @Override
  public void flush() {
    tell("end");
  }

  @Override
  public void settle() {
    tell("quiet");
  }

  @Override
  public void drainChanges(BiConsumer<String, byte[]> changes) {
    if (pending == null ? drained != null : !pending.equals(drained)) {
      changes.accept(PENDING, pending == null ? null : pending.getBytes(UTF_8));
      drained = pending;
    }
  }

  @Override
  public LogFacts facts() {
    throw new UnsupportedOperationException();
  }

  private void tell(String place) {
    if (pending == null) {
      return;
    }
    String told = pending;
    pending = null;
    if (told.equals("fail late")) {
      throw new IllegalStateException("a defect");
    }
    Instant at = Instant.parse("2026-01-01T10:00:00Z");
    sink.entry(
        new LogEntry(
            LineWord.LOG,
            null,
            "",
            "",
            "",
            source,
            "",
            -1,
            0,
            at,
            at,
            Utf8.of(told),
            null,
            null,
            null,
            new Place(place, 0)));
    sink.execution(
        new Execution("", "", Utf8.of(told), Parameters.NONE, at, null, 0, new Place(place, 0)));
  }
}
