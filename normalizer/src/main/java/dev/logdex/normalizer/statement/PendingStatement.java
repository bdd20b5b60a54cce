package dev.logdex.normalizer.statement;

import dev.logdex.normalizer.text.Place;
import dev.logdex.normalizer.text.Utf8;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A statement that {@code log_statement} announced and whose duration, failure or successor has not
 * been seen. Its texts are its own.
 *
 * @param kind {@code FETCH} when it is only about more rows of an execution
 * @param logged the text as announced, which an ERROR about it repeats
 * @param statement what runs: the same, or the text that an EXECUTE names
 * @param order of announcement within the source
 * @param seen the source's time when it was announced
 */
record PendingStatement(
    MessageKind kind,
    String database,
    String user,
    String session,
    long lineNumber,
    Instant at,
    Utf8 logged,
    Utf8 statement,
    Parameters parameters,
    long queryId,
    Place place,
    long order,
    Instant seen) {

  /** Whether the message comes from the process that announced this, not from a later one. */
  boolean isOfSameProcess(LogEntry message) {
    boolean sameSession =
        session.isEmpty() || message.session().isEmpty() || session.equals(message.session());
    boolean countsOn =
        lineNumber < 0 || message.lineNumber() < 0 || message.lineNumber() > lineNumber;
    return sameSession && countsOn;
  }

  /** Roughly what it takes to keep it. */
  long bytes() {
    long other = statement.equals(logged) ? 0 : statement.length();
    return logged.length() + other + parameters.list().length();
  }

  Execution execution(Instant when, @Nullable Double elapsedMs) {
    return new Execution(database, user, statement, parameters, when, elapsedMs, queryId, place);
  }

  StatementEvent fetch(Instant when, double elapsedMs) {
    return new StatementEvent(
        StatementEvent.Kind.FETCH, database, user, statement, when, elapsedMs, 0, queryId, place);
  }

  void write(DataOutputStream out) throws IOException {
    StateText.write(out, kind.name());
    StateText.write(out, database);
    StateText.write(out, user);
    StateText.write(out, session);
    out.writeLong(lineNumber);
    StateText.write(out, at);
    StateText.write(out, logged);
    StateText.write(out, statement);
    StateText.write(out, parameters.list());
    out.writeLong(queryId);
    StateText.write(out, place.record());
    out.writeLong(place.line());
    out.writeLong(order);
    StateText.write(out, seen);
  }

  static PendingStatement read(DataInputStream in) throws IOException {
    MessageKind kind = MessageKind.valueOf(StateText.readText(in));
    String database = StateText.readText(in);
    String user = StateText.readText(in);
    String session = StateText.readText(in);
    long lineNumber = in.readLong();
    Instant at = StateText.readTime(in);
    Utf8 logged = StateText.readUtf8(in);
    Utf8 statement = StateText.readUtf8(in);
    Parameters parameters = Parameters.logged(StateText.readUtf8(in));
    return new PendingStatement(
        kind,
        database,
        user,
        session,
        lineNumber,
        at,
        logged,
        statement.equals(logged) ? logged : statement,
        parameters,
        in.readLong(),
        new Place(StateText.readText(in), in.readLong()),
        in.readLong(),
        StateText.readTime(in));
  }
}
