package dev.logdex.tpch;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;

/**
 * One of the 22 queries, with the values that the specification validates with (section 2.4).
 *
 * @param name such as {@code Q1}
 * @param title as the specification has it, in lower case
 * @param sql without a semicolon at its end
 */
public record TpchQuery(String name, String title, String sql) {
  private static final String HEADING = "-- ";

  public TpchQuery {
    requireNonNull(name, "name");
    requireNonNull(title, "title");
    requireNonNull(sql, "sql");
  }

  /** All of them, in order. */
  public static List<TpchQuery> all() {
    List<TpchQuery> queries = new ArrayList<>();
    for (String text : Resources.read("queries.sql").split("\n\n(?=" + HEADING + ")", -1)) {
      String heading = text.lines().findFirst().orElseThrow().substring(HEADING.length());
      int space = heading.indexOf(' ');
      queries.add(
          new TpchQuery(
              heading.substring(0, space),
              heading.substring(space + 1),
              text.substring(text.indexOf('\n') + 1).strip()));
    }
    return List.copyOf(queries);
  }
}
