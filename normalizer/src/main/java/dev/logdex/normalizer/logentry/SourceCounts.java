package dev.logdex.normalizer.logentry;

import dev.logdex.normalizer.envelope.Wrapping;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What is counted of a source. */
final class SourceCounts {
  private final long[] forms = new long[Wrapping.values().length];
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
    forms[wrapping.ordinal()]++;
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
    Wrapping most = null;
    for (Wrapping wrapping : Wrapping.values()) {
      long count = forms[wrapping.ordinal()];
      if (count > 0 && (most == null || count > forms[most.ordinal()])) {
        most = wrapping;
      }
    }
    return most == null ? "unknown" : most.title();
  }

  void write(DataOutputStream out) throws IOException {
    out.writeInt(forms.length);
    for (long form : forms) {
      out.writeLong(form);
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
      long form = in.readLong();
      if (i < forms.length) {
        forms[i] = form;
      }
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
