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
  private static final byte[] LABEL_WITH_CAPITAL = "Parameters: ".getBytes(US_ASCII);
  private static final String CUT = "...";

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
    return detail.startsWith(LABEL) || detail.startsWith(LABEL_WITH_CAPITAL)
        ? new Parameters(detail.part(LABEL.length))
        : NONE;
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
   * The values in order, an element null for SQL's NULL.
   *
   * @return empty when the list is not whole: when it ends early, or when the server cut a value
   *     ({@code log_parameter_max_length}) and put dots at its end
   */
  public List<@Nullable String> values() {
    if (isEmpty()) {
      return List.of();
    }
    String text = list.toString();
    List<@Nullable String> values = new ArrayList<>();
    int at = 0;
    while (true) {
      String name = "$" + (values.size() + 1) + " = ";
      if (!text.startsWith(name, at)) {
        return List.of();
      }
      at += name.length();
      if (text.startsWith("NULL", at)) {
        values.add(null);
        at += 4;
      } else {
        int end = endOfQuoted(text, at);
        if (end < 0) {
          return List.of();
        }
        String value = text.substring(at + 1, end - 1).replace("''", "'");
        if (value.endsWith(CUT)) {
          return List.of();
        }
        values.add(value);
        at = end;
      }
      if (text.substring(at).isBlank()) {
        return Collections.unmodifiableList(values);
      }
      if (!text.startsWith(", ", at)) {
        return List.of();
      }
      at += 2;
    }
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

  private static int endOfQuoted(String text, int from) {
    if (from >= text.length() || text.charAt(from) != '\'') {
      return -1;
    }
    int at = from + 1;
    while (at < text.length()) {
      if (text.charAt(at) != '\'') {
        at++;
      } else if (at + 1 < text.length() && text.charAt(at + 1) == '\'') {
        at += 2;
      } else {
        return at + 1;
      }
    }
    return -1;
  }
}
