package dev.logdex.normalizer.structured;

import dev.logdex.normalizer.logline.LineWord;
import dev.logdex.normalizer.logline.LineWords;
import dev.logdex.normalizer.logline.LogTime;
import dev.logdex.normalizer.statement.LogEntry;
import dev.logdex.normalizer.text.Place;
import dev.logdex.normalizer.text.Utf8;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * Makes a {@link LogEntry} of fields, wherever they come from. Missing and empty fields are the
 * same to it where an entry has no word for the difference; the entry's texts are views as the
 * fields' are.
 */
public final class FieldReader {
  /** Stands for the language of a level that is in no table. */
  public static final String UNKNOWN_LANGUAGE = "an unknown language";

  private static final int MAX_DIGITS = 18;

  private final @Nullable ZoneId zone;

  /**
   * @param zone log_timezone, where it is known
   */
  public FieldReader(@Nullable ZoneId zone) {
    this.zone = zone;
  }

  /**
   * One entry of the fields that make it up.
   *
   * @param stream what the entry's stream is called; empty where the source has only one
   * @return null when the fields have neither level nor message, so that they are no log entry
   */
  public @Nullable LogEntry entry(
      FieldEntry fields, String stream, Instant arrivedAt, Place place) {
    Utf8 severity = fields.get(LogField.SEVERITY);
    Utf8 message = fields.get(LogField.MESSAGE);
    if (severity == null && message == null) {
      return null;
    }
    LineWords.Spelling level = severity == null ? null : LineWords.level(severity);
    boolean unknown = severity != null && !severity.isEmpty() && level == null;
    Instant loggedAt = loggedAt(fields);
    String session = text(fields, LogField.SESSION);
    String process = text(fields, LogField.PROCESS);
    String backend = process.isEmpty() ? session : process;
    return new LogEntry(
        level == null ? levelOf(fields.get(LogField.SQLSTATE)) : level.word(),
        level == null ? (unknown ? UNKNOWN_LANGUAGE : null) : level.language(),
        name(fields, LogField.DATABASE),
        name(fields, LogField.USER),
        name(fields, LogField.APPLICATION),
        stream.isEmpty() ? backend : stream + " " + backend,
        session,
        number(fields.get(LogField.LINE_NUMBER), -1),
        number(fields.get(LogField.QUERY_ID), 0),
        loggedAt,
        loggedAt == null ? arrivedAt : loggedAt,
        message == null ? Utf8.EMPTY : message,
        fields.get(LogField.DETAIL),
        fields.get(LogField.CONTEXT),
        fields.get(LogField.STATEMENT),
        place);
  }

  /** Whether the fields have a time, readable or not. */
  public static boolean isTimed(FieldEntry fields) {
    Utf8 time = fields.get(LogField.TIME);
    return time != null && !time.isEmpty();
  }

  /** The client's host without its port, which stands behind the last colon; empty if unknown. */
  public static String host(FieldEntry fields) {
    String connection = text(fields, LogField.CONNECTION_FROM);
    int colon = connection.lastIndexOf(':');
    return colon < 0 ? connection : connection.substring(0, colon);
  }

  /** The classes 00, 01 and 02 are no errors (manual, appendix "PostgreSQL Error Codes"). */
  private static LineWord levelOf(@Nullable Utf8 sqlstate) {
    if (sqlstate == null || sqlstate.length() < 2 || sqlstate.at(0) != '0') {
      return sqlstate == null || sqlstate.length() < 2 ? LineWord.LOG : LineWord.ERROR;
    }
    byte second = sqlstate.at(1);
    return second == '0' ? LineWord.LOG : second < '3' ? LineWord.WARNING : LineWord.ERROR;
  }

  private @Nullable Instant loggedAt(FieldEntry fields) {
    Utf8 time = fields.get(LogField.TIME);
    return time == null ? null : LogTime.parse(time.bytes(), time.from(), time.to(), zone);
  }

  private static String name(FieldEntry fields, LogField field) {
    Utf8 name = fields.get(field);
    return name == null || LineWords.isUnknownName(name) ? "" : name.toString();
  }

  private static String text(FieldEntry fields, LogField field) {
    Utf8 text = fields.get(field);
    return text == null ? "" : text.toString();
  }

  /** A number with its sign, which may be missing or no number. */
  private static long number(@Nullable Utf8 text, long otherwise) {
    if (text == null || text.isEmpty() || text.length() > MAX_DIGITS + 2) {
      return otherwise;
    }
    try {
      return Long.parseLong(text.toString());
    } catch (NumberFormatException noNumber) {
      return otherwise;
    }
  }
}
