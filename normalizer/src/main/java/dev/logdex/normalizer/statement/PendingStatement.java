package dev.logdex.normalizer.statement;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A statement that {@code log_statement} announced and whose duration, failure or successor has not
 * been seen.
 *
 * @param logged the text as announced, which an ERROR about it repeats
 * @param statement what runs: the same, or the text that an EXECUTE names
 * @param order of announcement within the source
 * @param seen the source's time when it was announced
 */
record PendingStatement(
    String database,
    String user,
    String session,
    long lineNumber,
    Instant at,
    String logged,
    String statement,
    List<@Nullable String> parameters,
    String place,
    long order,
    Instant seen) {

  /** Whether the message comes from the process that announced this, not from a later one. */
  boolean isOfSameProcess(ServerMessage message) {
    boolean sameSession =
        session.isEmpty() || message.session().isEmpty() || session.equals(message.session());
    boolean countsOn =
        lineNumber < 0 || message.lineNumber() < 0 || message.lineNumber() > lineNumber;
    return sameSession && countsOn;
  }

  /** Roughly what it takes to keep it. */
  long chars() {
    long chars = logged.length() + (long) statement.length();
    for (String parameter : parameters) {
      chars += parameter == null ? 0 : parameter.length();
    }
    return chars;
  }

  Execution untimed() {
    return new Execution(database, user, statement, parameters, at, null, place);
  }

  /** The duration's own line tells when the statement ended, as it does in one-line messages. */
  Execution timed(double elapsedMs, Instant endedAt) {
    return new Execution(database, user, statement, parameters, endedAt, elapsedMs, place);
  }

  void write(DataOutputStream out) throws IOException {
    StateText.write(out, database);
    StateText.write(out, user);
    StateText.write(out, session);
    out.writeLong(lineNumber);
    StateText.write(out, at);
    StateText.write(out, logged);
    StateText.write(out, statement);
    out.writeInt(parameters.size());
    for (String parameter : parameters) {
      StateText.write(out, parameter);
    }
    StateText.write(out, place);
    out.writeLong(order);
    StateText.write(out, seen);
  }

  static PendingStatement read(DataInputStream in) throws IOException {
    String database = StateText.readText(in);
    String user = StateText.readText(in);
    String session = StateText.readText(in);
    long lineNumber = in.readLong();
    Instant at = StateText.readTime(in);
    String logged = StateText.readText(in);
    String statement = StateText.readText(in);
    List<@Nullable String> parameters = new ArrayList<>();
    int count = in.readInt();
    for (int i = 0; i < count; i++) {
      parameters.add(StateText.read(in));
    }
    return new PendingStatement(
        database,
        user,
        session,
        lineNumber,
        at,
        logged,
        statement,
        parameters,
        StateText.readText(in),
        in.readLong(),
        StateText.readTime(in));
  }
}
