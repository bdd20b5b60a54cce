package dev.logdex.normalizer.logentry;

import dev.logdex.normalizer.envelope.Wrapping;
import dev.logdex.normalizer.logline.LineWord;
import dev.logdex.normalizer.statement.LogEntry;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What is counted of a source. */
final class SourceCounts {
  private final Tallies<Wrapping> forms = new Tallies<>(Wrapping.class);
  private final Tallies<Ignored> ignored = new Tallies<>(Ignored.class);
  private final Tallies<Cut> cuts = new Tallies<>(Cut.class);
  private long lines;
  private long entries;
  private long csvEntries;
  private long errors;
  private long executions;
  private long deadLetters;
  private long entriesWithDatabase;
  private long zoneUnknown;
  private long missing;

  void line() {
    lines++;
  }

  void form(Wrapping wrapping) {
    forms.add(wrapping);
  }

  void ignored(Ignored why) {
    ignored.add(why);
  }

  void cut(Cut what) {
    cuts.add(what);
  }

  void missing(long count) {
    missing += count;
  }

  void entry(OpenEntry.Head head) {
    entry(head.severity(), head.database(), head.zoneUnknown());
  }

  void csvEntry(LogEntry entry, boolean noZone) {
    csvEntries++;
    entry(entry.level(), entry.database(), noZone);
  }

  private void entry(LineWord level, String database, boolean noZone) {
    entries++;
    if (level.isError()) {
      errors++;
    }
    if (!database.isEmpty()) {
      entriesWithDatabase++;
    }
    if (noZone) {
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
    Wrapping form = forms.most();
    return new LogFacts(
        format(form),
        prefix,
        suggestion,
        lines,
        ignored.sum(),
        entries,
        errors,
        executions,
        deadLetters,
        ignored.toMap(),
        cuts.toMap(),
        missing);
  }

  private String format(@Nullable Wrapping form) {
    if (form == null) {
      return "unknown";
    }
    boolean csv = csvEntries > entries / 2;
    if (!csv) {
      return form.title();
    }
    return form == Wrapping.STDERR ? "csvlog" : form.title().replace("stderr", "csvlog");
  }

  void write(DataOutputStream out) throws IOException {
    forms.write(out);
    ignored.write(out);
    cuts.write(out);
    out.writeLong(lines);
    out.writeLong(entries);
    out.writeLong(csvEntries);
    out.writeLong(errors);
    out.writeLong(executions);
    out.writeLong(deadLetters);
    out.writeLong(entriesWithDatabase);
    out.writeLong(zoneUnknown);
    out.writeLong(missing);
  }

  void read(DataInputStream in) throws IOException {
    forms.read(in);
    ignored.read(in);
    cuts.read(in);
    lines = in.readLong();
    entries = in.readLong();
    csvEntries = in.readLong();
    errors = in.readLong();
    executions = in.readLong();
    deadLetters = in.readLong();
    entriesWithDatabase = in.readLong();
    zoneUnknown = in.readLong();
    missing = in.readLong();
  }
}
