package dev.logdex.normalizer.statement;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code parameters: $1 = 'o''clock', $2 = NULL}, by scanning: a value may hold text that
 * looks like the next parameter.
 */
final class Parameters {
  private static final String LABEL = "parameters: ";
  private static final String CUT = "...";

  private Parameters() {}

  /** Whether the DETAIL part lists parameters; PostgreSQL 17 and later write a capital. */
  static boolean isListIn(String detail) {
    return detail.regionMatches(true, 0, LABEL, 0, LABEL.length());
  }

  /**
   * The values in order, an element null for SQL's NULL.
   *
   * @return empty when the list is not whole: when it ends early, or when the server cut a value
   *     ({@code log_parameter_max_length}) and put dots at its end
   */
  static List<@Nullable String> read(String detail) {
    List<@Nullable String> values = new ArrayList<>();
    int at = LABEL.length();
    while (true) {
      String name = "$" + (values.size() + 1) + " = ";
      if (!detail.startsWith(name, at)) {
        return List.of();
      }
      at += name.length();
      if (detail.startsWith("NULL", at)) {
        values.add(null);
        at += 4;
      } else {
        int end = endOfQuoted(detail, at);
        if (end < 0) {
          return List.of();
        }
        String value = detail.substring(at + 1, end - 1).replace("''", "'");
        if (value.endsWith(CUT)) {
          return List.of();
        }
        values.add(value);
        at = end;
      }
      if (detail.substring(at).isBlank()) {
        return Collections.unmodifiableList(values);
      }
      if (!detail.startsWith(", ", at)) {
        return List.of();
      }
      at += 2;
    }
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
