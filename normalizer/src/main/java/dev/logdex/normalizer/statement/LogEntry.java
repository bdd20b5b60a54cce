package dev.logdex.normalizer.statement;

import static java.util.Objects.requireNonNull;

import dev.logdex.normalizer.logline.LineWord;
import dev.logdex.normalizer.text.Place;
import dev.logdex.normalizer.text.Utf8;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One message of the server, its parts joined. Its texts may be views of a buffer: see {@link
 * Utf8}.
 *
 * @param level {@code LOG}, {@code ERROR} …
 * @param language what the level word is written in; null for English
 * @param database empty when the log does not tell
 * @param user empty when the log does not tell
 * @param application empty when the log does not tell
 * @param backend what tells one server process from another within the source
 * @param session what tells it from an earlier process of the same id; empty when the log does not
 * @param lineNumber the process's own line count; -1 when the log does not tell
 * @param queryId the server's own identity of the statement; 0 when the log does not tell
 * @param loggedAt null when neither prefix nor envelope holds a time
 * @param at event time: {@code loggedAt}, or else the record's arrival
 * @param text after the level, all its lines
 * @param detail the DETAIL part; null when there is none
 * @param context the CONTEXT part; null when there is none
 * @param statement the STATEMENT part; null when there is none
 */
public record LogEntry(
    LineWord level,
    @Nullable String language,
    String database,
    String user,
    String application,
    String backend,
    String session,
    long lineNumber,
    long queryId,
    @Nullable Instant loggedAt,
    Instant at,
    Utf8 text,
    @Nullable Utf8 detail,
    @Nullable Utf8 context,
    @Nullable Utf8 statement,
    Place place) {
  public LogEntry {
    requireNonNull(level, "level");
    requireNonNull(database, "database");
    requireNonNull(user, "user");
    requireNonNull(application, "application");
    requireNonNull(backend, "backend");
    requireNonNull(session, "session");
    requireNonNull(at, "at");
    requireNonNull(text, "text");
    requireNonNull(place, "place");
  }
}
