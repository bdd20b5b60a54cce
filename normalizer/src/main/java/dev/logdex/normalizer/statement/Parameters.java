package dev.logdex.normalizer.statement;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.logdex.normalizer.text.Utf8;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The values of {@code $1…} as the server lists them: {@code $1 = 'o''clock', $2 = NULL}. Kept as
 * logged and read by those who need the values, which few do. It is scanned, not split: a value may
 * hold text that looks like the next parameter.
 */
public final class Parameters {
  public static final Parameters NONE = new Parameters(Utf8.EMPTY);

  private static final byte[] LABEL = "parameters: ".getBytes(US_ASCII);
  private static final byte[] NULL = "NULL".getBytes(US_ASCII);
  private static final byte[] EQUALS = " = ".getBytes(US_ASCII);
  private static final byte[] CUT = "...".getBytes(US_ASCII);

  private final Utf8 list;

  private Parameters(Utf8 list) {
    this.list = list;
  }

  /** As logged behind the label. */
  public static Parameters logged(Utf8 list) {
    return new Parameters(list);
  }

  /**
   * Of a DETAIL part that lists parameters; none when it is about something else. PostgreSQL 17 and
   * later write a capital.
   */
  static Parameters in(Utf8 detail) {
    if (detail.startsWith(LABEL)) {
      return new Parameters(detail.part(LABEL.length));
    }
    Utf8 list = Phrases.PARAMETER_LIST.after(detail);
    return list == null ? NONE : new Parameters(list);
  }

  /** Values written as the server would; null stands for SQL's NULL. */
  public static Parameters of(List<@Nullable String> values) {
    StringBuilder list = new StringBuilder();
    int number = 0;
    for (String value : values) {
      list.append(number == 0 ? "$" : ", $").append(++number).append(" = ");
      list.append(value == null ? "NULL" : "'" + value.replace("'", "''") + "'");
    }
    return new Parameters(Utf8.of(list.toString()));
  }

  public Utf8 list() {
    return list;
  }

  public boolean isEmpty() {
    return list.isEmpty();
  }

  /** Like {@link Utf8#detached}. */
  public Parameters detached() {
    return isEmpty() ? NONE : new Parameters(list.detached());
  }

  /**
   * Whether there is a list that does not tell all its values whole: it ends early, or the server
   * cut a value ({@code log_parameter_max_length}) and put dots at its end. A call with such a list
   * is no sample of its statement.
   */
  public boolean truncated() {
    return !isEmpty() && !scan(null, false);
  }

  /** Whether it is a list from beginning to end, though values in it may be cut. */
  boolean isList() {
    return scan(null, true);
  }

  /**
   * The values in order, an element null for SQL's NULL.
   *
   * @return empty when the list is {@link #truncated}
   */
  public List<@Nullable String> values() {
    if (isEmpty()) {
      return List.of();
    }
    List<@Nullable String> values = new ArrayList<>();
    return scan(values, false) ? Collections.unmodifiableList(values) : List.of();
  }

  /** Reads the list into the values, if given; false when it is not whole. */
  private boolean scan(@Nullable List<@Nullable String> values, boolean cutValues) {
    int at = 0;
    for (int number = 1; ; number++) {
      at = endOfName(number, at);
      if (at < 0) {
        return false;
      }
      int end;
      if (list.startsWith(NULL, at)) {
        end = at + NULL.length;
        if (values != null) {
          values.add(null);
        }
      } else {
        end = endOfQuoted(at);
        if (end < 0 || (!cutValues && isCut(at, end))) {
          return false;
        }
        if (values != null) {
          values.add(list.part(at + 1, end - 1).toString().replace("''", "'"));
        }
      }
      if (isBlankFrom(end)) {
        return true;
      }
      if (list.at(end) != ',' || end + 1 == list.length() || list.at(end + 1) != ' ') {
        return false;
      }
      at = end + 2;
    }
  }

  /** The index after {@code $n = }; -1 when something else stands there. */
  private int endOfName(int number, int from) {
    int at = from;
    if (at >= list.length() || list.at(at++) != '$') {
      return -1;
    }
    int read = 0;
    while (at < list.length() && list.at(at) >= '0' && list.at(at) <= '9' && read <= number) {
      read = read * 10 + (list.at(at++) - '0');
    }
    return read == number && list.startsWith(EQUALS, at) ? at + EQUALS.length : -1;
  }

  /** The index after the quoted value at {@code from}; -1 when it has no end. */
  private int endOfQuoted(int from) {
    if (from >= list.length() || list.at(from) != '\'') {
      return -1;
    }
    int at = from + 1;
    while (at < list.length()) {
      if (list.at(at) != '\'') {
        at++;
      } else if (at + 1 < list.length() && list.at(at + 1) == '\'') {
        at += 2;
      } else {
        return at + 1;
      }
    }
    return -1;
  }

  private boolean isCut(int from, int end) {
    return end - from >= CUT.length + 2 && list.startsWith(CUT, end - 1 - CUT.length);
  }

  private boolean isBlankFrom(int from) {
    int at = from;
    while (at < list.length() && SqlText.isSpace(list.at(at))) {
      at++;
    }
    return at == list.length();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Parameters parameters && list.equals(parameters.list);
  }

  @Override
  public int hashCode() {
    return list.hashCode();
  }

  /** As logged: values and all. */
  @Override
  public String toString() {
    return list.toString();
  }
}
