package dev.logdex.normalizer.logentry;

import dev.logdex.normalizer.logline.LineWord;
import dev.logdex.normalizer.statement.LogEntry;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is counted of a source. */
final class SourceCounts {
  /** Combinations of envelopes that are told apart; the rest counts as one. */
  private static final int MAX_FORMS = 32;

  private static final String OTHER_FORMS = "other";

  private final Map<String, long[]> forms = new LinkedHashMap<>();
  private String lastForm = "";
  private long[] lastCount = new long[1];
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

  void form(String title) {
    if (!title.equals(lastForm)) {
      boolean known = forms.containsKey(title) || forms.size() < MAX_FORMS;
      lastCount = forms.computeIfAbsent(known ? title : OTHER_FORMS, form -> new long[1]);
      lastForm = title;
    }
    lastCount[0]++;
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

  void fieldEntry(LogEntry entry, boolean noZone) {
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
    return new LogFacts(
        format(),
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

  private String format() {
    String format = "unknown";
    long most = 0;
    for (Map.Entry<String, long[]> form : forms.entrySet()) {
      if (form.getValue()[0] > most) {
        most = form.getValue()[0];
        format = form.getKey();
      }
    }
    return csvEntries > entries / 2 ? format.replace("stderr", "csvlog") : format;
  }

  void write(DataOutputStream out) throws IOException {
    out.writeInt(forms.size());
    for (Map.Entry<String, long[]> form : forms.entrySet()) {
      out.writeUTF(form.getKey());
      out.writeLong(form.getValue()[0]);
    }
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
    int size = in.readInt();
    for (int i = 0; i < size; i++) {
      forms.put(in.readUTF(), new long[] {in.readLong()});
    }
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
