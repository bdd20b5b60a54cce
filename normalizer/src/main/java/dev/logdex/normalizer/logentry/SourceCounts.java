package dev.logdex.normalizer.logentry;

import dev.logdex.normalizer.envelope.Wrapping;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is counted of a source. */
final class SourceCounts {
  private final Map<Wrapping, Long> forms = new EnumMap<>(Wrapping.class);
  private long lines;
  private long ignored;
  private long entries;
  private long errors;
  private long executions;
  private long deadLetters;
  private long entriesWithDatabase;
  private long zoneUnknown;

  void line() {
    lines++;
  }

  void form(Wrapping wrapping) {
    forms.merge(wrapping, 1L, Long::sum);
  }

  void ignored() {
    ignored++;
  }

  void entry(OpenEntry.Head head) {
    entries++;
    if (head.severity().isError()) {
      errors++;
    }
    if (!head.database().isEmpty()) {
      entriesWithDatabase++;
    }
    if (head.zoneUnknown()) {
      zoneUnknown++;
    }
  }

  void execution() {
    executions++;
  }

  void deadLetter() {
    deadLetters++;
  }

  long entries() {
    return entries;
  }

  long entriesWithDatabase() {
    return entriesWithDatabase;
  }

  long zoneUnknown() {
    return zoneUnknown;
  }

  LogFacts facts(@Nullable String prefix, @Nullable String suggestion) {
    return new LogFacts(
        format(), prefix, suggestion, lines, ignored, entries, errors, executions, deadLetters);
  }

  private String format() {
    String format = "unknown";
    long most = 0;
    for (Map.Entry<Wrapping, Long> form : forms.entrySet()) {
      if (form.getValue() > most) {
        most = form.getValue();
        format = form.getKey().title();
      }
    }
    return format;
  }

  void write(DataOutputStream out) throws IOException {
    out.writeInt(forms.size());
    for (Map.Entry<Wrapping, Long> form : forms.entrySet()) {
      out.writeUTF(form.getKey().name());
      out.writeLong(form.getValue());
    }
    out.writeLong(lines);
    out.writeLong(ignored);
    out.writeLong(entries);
    out.writeLong(errors);
    out.writeLong(executions);
    out.writeLong(deadLetters);
    out.writeLong(entriesWithDatabase);
    out.writeLong(zoneUnknown);
  }

  void read(DataInputStream in) throws IOException {
    int size = in.readInt();
    for (int i = 0; i < size; i++) {
      forms.put(Wrapping.valueOf(in.readUTF()), in.readLong());
    }
    lines = in.readLong();
    ignored = in.readLong();
    entries = in.readLong();
    errors = in.readLong();
    executions = in.readLong();
    deadLetters = in.readLong();
    entriesWithDatabase = in.readLong();
    zoneUnknown = in.readLong();
  }
}
