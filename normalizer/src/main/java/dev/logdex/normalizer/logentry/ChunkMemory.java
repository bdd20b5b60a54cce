package dev.logdex.normalizer.logentry;

import dev.logdex.normalizer.statement.StateText;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Remembers which messages of each process have begun, because after an outage shippers send some
 * lines again: rsyslog's omkafka hands a line over once more when its broker went away in that
 * moment, which may be seconds later and behind newer lines.
 *
 * <p>A process numbers its messages, so a number that was heard before, in a line that is no newer
 * than the newest, is the same line. A newer line with a lower number is of another process that
 * got the same process id. Bounded in processes and in time. Not thread-safe.
 */
final class ChunkMemory {
  /** Messages remembered one by one, up to the newest of the process. */
  private static final int MESSAGES = Long.SIZE;

  /** How far the source's time goes on before a silent process is forgotten. */
  private static final Duration KEPT = Duration.ofMinutes(10);

  /**
   * What was heard of one process.
   *
   * @param begun bit n is set when message {@code newest - n} has begun
   * @param time of its newest line
   * @param order of that line among the source's, which a restart must not change
   */
  record Heard(long newest, long begun, Instant time, long order) {
    static Heard read(DataInputStream in) throws IOException {
      return new Heard(in.readLong(), in.readLong(), StateText.readTime(in), in.readLong());
    }

    void write(DataOutputStream out) throws IOException {
      out.writeLong(newest);
      out.writeLong(begun);
      StateText.write(out, time);
      out.writeLong(order);
    }

    boolean hasBegun(long message) {
      long back = newest - message;
      return back >= MESSAGES || (back >= 0 && (begun >>> back & 1) != 0);
    }

    Heard begin(long message, Instant at) {
      if (message > newest) {
        long forward = message - newest;
        return new Heard(message, (forward >= MESSAGES ? 0 : begun << forward) | 1, at, order);
      }
      return at.isAfter(time)
          ? new Heard(message, 1, at, order)
          : new Heard(newest, begun | 1L << (newest - message), time, order);
    }

    Heard at(long newOrder) {
      return new Heard(newest, begun, time, newOrder);
    }
  }

  private final int maxProcesses;

  /** By stream, the one silent for longest first. */
  private final Map<String, Heard> heard = new LinkedHashMap<>();

  private final Set<String> changed = new LinkedHashSet<>();
  private long order;

  ChunkMemory(int maxProcesses) {
    this.maxProcesses = maxProcesses;
  }

  /** Whether a line of this time, which begins or goes on with the message, was there before. */
  boolean isAgain(String stream, long message, Instant time) {
    Heard process = heard.get(stream);
    return process != null && !time.isAfter(process.time()) && process.hasBegun(message);
  }

  /** A message begins with a line that is not {@link #isAgain there again}. */
  void begin(String stream, long message, Instant time, Instant newest) {
    Heard process = heard.remove(stream);
    put(stream, process == null ? new Heard(message, 1, time, 0) : process.begin(message, time));
    forget(newest);
  }

  /** A message goes on. */
  void goOn(String stream, Instant time) {
    Heard process = heard.get(stream);
    if (process != null && time.isAfter(process.time())) {
      heard.remove(stream);
      put(stream, new Heard(process.newest(), process.begun(), time, 0));
    }
  }

  private void put(String stream, Heard process) {
    heard.put(stream, process.at(order++));
    changed.add(stream);
  }

  private void forget(Instant newest) {
    while (!heard.isEmpty()) {
      Map.Entry<String, Heard> eldest = heard.entrySet().iterator().next();
      if (heard.size() <= maxProcesses && !eldest.getValue().time().plus(KEPT).isBefore(newest)) {
        return;
      }
      heard.remove(eldest.getKey());
      changed.add(eldest.getKey());
    }
  }

  @Nullable Heard of(String stream) {
    return heard.get(stream);
  }

  /** The streams of which something changed since the last call. */
  Collection<String> drainChanged() {
    List<String> streams = List.copyOf(changed);
    changed.clear();
    return streams;
  }

  void restore(Map<String, Heard> processes) {
    processes.entrySet().stream()
        .sorted((a, b) -> Long.compare(a.getValue().order(), b.getValue().order()))
        .forEach(
            process -> {
              heard.put(process.getKey(), process.getValue());
              order = process.getValue().order() + 1;
            });
  }
}
