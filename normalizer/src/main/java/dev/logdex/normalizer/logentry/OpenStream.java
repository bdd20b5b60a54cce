package dev.logdex.normalizer.logentry;

import dev.logdex.normalizer.statement.StateText;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The open entries of one stream of lines: one where lines are contiguous; where messages come in
 * numbered chunks, the latest few, by number.
 */
final class OpenStream extends RecentlyUsed.Item<OpenStream> {
  private final List<OpenEntry> entries = new ArrayList<>(1);
  private Instant seen;

  /** Number of the message told last; negative when messages have none. */
  private long told = -1;

  OpenStream(String name, Instant seen) {
    super(name);
    this.seen = seen;
  }

  /** The entries, the lowest message number first; not to be kept. */
  List<OpenEntry> entries() {
    return entries;
  }

  @Nullable OpenEntry last() {
    return entries.isEmpty() ? null : entries.get(entries.size() - 1);
  }

  /** The entry of this message number. */
  @Nullable OpenEntry numbered(long number) {
    for (int i = entries.size() - 1; i >= 0; i--) {
      if (entries.get(i).messageNumber() == number) {
        return entries.get(i);
      }
    }
    return null;
  }

  /** Adds an entry behind those with a lower message number, or the same. */
  void add(OpenEntry entry) {
    int at = entries.size();
    while (at > 0 && entries.get(at - 1).messageNumber() > entry.messageNumber()) {
      at--;
    }
    entries.add(at, entry);
  }

  /** A message is told; returns how many are missing between it and the one told before. */
  long told(long number) {
    long missing = told < 0 || number < 0 ? 0 : number - told - 1;
    told = number;
    return missing;
  }

  /** The source's time when a line of the stream was read last. */
  Instant seen() {
    return seen;
  }

  void seen(Instant sourceTime) {
    seen = sourceTime;
  }

  @Override
  void write(DataOutputStream out) throws IOException {
    out.writeLong(order);
    StateText.write(out, seen);
    out.writeLong(told);
    out.writeInt(entries.size());
    for (OpenEntry entry : entries) {
      entry.write(out);
    }
  }

  static OpenStream read(String name, DataInputStream in) throws IOException {
    long order = in.readLong();
    OpenStream stream = new OpenStream(name, StateText.readTime(in));
    stream.order = order;
    stream.told = in.readLong();
    int size = in.readInt();
    for (int i = 0; i < size; i++) {
      stream.entries.add(OpenEntry.read(in));
    }
    return stream;
  }
}
