package dev.logdex.normalizer.logentry;

import dev.logdex.normalizer.statement.StateText;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BiConsumer;
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

  /** The message is of another process than the ones before. */
  static final long NEW_PROCESS = -1;

  /** What was heard of one process. */
  static final class Heard extends RecentlyUsed.Item<Heard> {
    private long newest;

    /** Bit n is set when message {@code newest - n} has begun. */
    private long begun;

    /** Of its newest line. */
    private Instant time;

    private Heard(String stream, long newest, long begun, Instant time) {
      super(stream);
      this.newest = newest;
      this.begun = begun;
      this.time = time;
    }

    static Heard read(String stream, DataInputStream in) throws IOException {
      long order = in.readLong();
      Heard heard = new Heard(stream, in.readLong(), in.readLong(), StateText.readTime(in));
      heard.order = order;
      return heard;
    }

    @Override
    void write(DataOutputStream out) throws IOException {
      out.writeLong(order);
      out.writeLong(newest);
      out.writeLong(begun);
      StateText.write(out, time);
    }

    private boolean hasBegun(long message) {
      long back = newest - message;
      return back >= MESSAGES || (back >= 0 && (begun >>> back & 1) != 0);
    }

    private long begin(long message, Instant at) {
      if (message > newest) {
        long forward = message - newest;
        newest = message;
        begun = (forward >= MESSAGES ? 0 : begun << forward) | 1;
        time = at;
        return forward - 1;
      }
      if (at.isAfter(time)) {
        newest = message;
        begun = 1;
        time = at;
        return NEW_PROCESS;
      }
      begun |= 1L << (newest - message);
      return 0;
    }
  }

  private final int maxProcesses;
  private final RecentlyUsed<Heard> heard = new RecentlyUsed<>();

  ChunkMemory(int maxProcesses) {
    this.maxProcesses = maxProcesses;
  }

  /** Whether a line of this time, which begins or goes on with the message, was there before. */
  boolean isAgain(String stream, long message, Instant time) {
    Heard process = heard.get(stream);
    return process != null && !time.isAfter(process.time) && process.hasBegun(message);
  }

  /**
   * A message begins with a line that is not {@link #isAgain there again}.
   *
   * @return how many messages of the process have not been heard of between the newest and this, or
   *     {@link #NEW_PROCESS}
   */
  long begin(String stream, long message, Instant time, Instant newest) {
    Heard process = heard.get(stream);
    long before = 0;
    if (process == null) {
      heard.add(new Heard(stream, message, 1, time));
    } else {
      before = process.begin(message, time);
      heard.use(process);
    }
    forget(newest);
    return before;
  }

  /** A message goes on. */
  void goOn(String stream, Instant time) {
    Heard process = heard.get(stream);
    if (process != null && time.isAfter(process.time)) {
      process.time = time;
      heard.use(process);
    }
  }

  private void forget(Instant newest) {
    for (Heard eldest = heard.eldest(); eldest != null; eldest = heard.eldest()) {
      if (heard.size() <= maxProcesses && !eldest.time.plus(KEPT).isBefore(newest)) {
        return;
      }
      heard.remove(eldest);
    }
  }

  void drain(BiConsumer<String, @Nullable Heard> changes) {
    heard.drain(changes);
  }

  void restore(List<Heard> drained) {
    heard.restore(drained);
  }
}
