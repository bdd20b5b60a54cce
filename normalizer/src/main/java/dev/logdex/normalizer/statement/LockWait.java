package dev.logdex.normalizer.statement;

import dev.logdex.normalizer.text.Place;
import dev.logdex.normalizer.text.Utf8;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;

/**
 * A wait for a lock that has not ended as far as is known. The server tells of one wait again and
 * again, and of its end, if it comes to that; it is one event.
 *
 * @param event as it would be told if the wait ended now; its texts are its own
 * @param order within the source
 * @param seen the source's time when it was told of
 */
record LockWait(StatementEvent event, long order, Instant seen) {
  long bytes() {
    return event.statement().length();
  }

  void write(DataOutputStream out) throws IOException {
    StateText.write(out, event.database());
    StateText.write(out, event.user());
    StateText.write(out, event.statement());
    StateText.write(out, event.at());
    out.writeDouble(event.elapsedMs());
    out.writeLong(event.queryId());
    StateText.write(out, event.place().record());
    out.writeLong(event.place().line());
    out.writeLong(order);
    StateText.write(out, seen);
  }

  static LockWait read(DataInputStream in) throws IOException {
    String database = StateText.readText(in);
    String user = StateText.readText(in);
    Utf8 statement = StateText.readUtf8(in);
    Instant at = StateText.readTime(in);
    double elapsedMs = in.readDouble();
    long queryId = in.readLong();
    Place place = new Place(StateText.readText(in), in.readLong());
    StatementEvent event =
        new StatementEvent(
            StatementEvent.Kind.LOCK_WAIT,
            database,
            user,
            statement,
            at,
            elapsedMs,
            0,
            queryId,
            place);
    return new LockWait(event, in.readLong(), StateText.readTime(in));
  }
}
