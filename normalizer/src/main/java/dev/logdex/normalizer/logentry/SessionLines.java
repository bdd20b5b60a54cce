package dev.logdex.normalizer.logentry;

import dev.logdex.normalizer.statement.StateText;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * How far each process has counted its lines, where log_line_prefix has {@code %l}: a number that
 * was there before is a line sent again, one that is skipped is a line lost. Bounded; not
 * thread-safe.
 */
final class SessionLines {
  /** The line was read before. */
  static final long AGAIN = -1;

  /** One process. */
  static final class Session extends RecentlyUsed.Item<Session> {
    private String id;
    private long last;

    private Session(String backend, String id, long last) {
      super(backend);
      this.id = id;
      this.last = last;
    }

    @Override
    void write(DataOutputStream out) throws IOException {
      out.writeLong(order);
      StateText.write(out, id);
      out.writeLong(last);
    }

    static Session read(String backend, DataInputStream in) throws IOException {
      long order = in.readLong();
      Session session = new Session(backend, StateText.readText(in), in.readLong());
      session.order = order;
      return session;
    }
  }

  private final int maxProcesses;
  private final RecentlyUsed<Session> sessions = new RecentlyUsed<>();

  SessionLines(int maxProcesses) {
    this.maxProcesses = maxProcesses;
  }

  /**
   * Whether the line was read before. Without an id of the session a lower number is rather of a
   * later process with the same process id.
   */
  boolean isAgain(String backend, String id, long line) {
    Session session = sessions.get(backend);
    return line >= 0
        && !id.isEmpty()
        && session != null
        && session.id.equals(id)
        && line <= session.last;
  }

  /**
   * A line that was not read before.
   *
   * @return how many lines of the process are missing before it
   */
  long next(String backend, String id, long line) {
    if (line < 0) {
      return 0;
    }
    Session session = sessions.get(backend);
    if (session == null) {
      sessions.add(new Session(backend, id, line));
      Session eldest = sessions.size() > maxProcesses ? sessions.eldest() : null;
      if (eldest != null) {
        sessions.remove(eldest);
      }
      return 0;
    }
    sessions.use(session);
    boolean same = session.id.equals(id) && line > session.last;
    long missing = same ? line - session.last - 1 : 0;
    session.id = id;
    session.last = line;
    return missing;
  }

  void drain(BiConsumer<String, @Nullable Session> changes) {
    sessions.drain(changes);
  }

  void restore(List<Session> drained) {
    sessions.restore(drained);
  }
}
