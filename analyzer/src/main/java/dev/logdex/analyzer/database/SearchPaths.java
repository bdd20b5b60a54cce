package dev.logdex.analyzer.database;

import dev.logdex.sql.SqlLexer;
import dev.logdex.sql.TokenKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * In which schemas names without one are looked up, where that is not what the analysis database
 * itself has set: for a database of the log, or for one role in it. A statement that several roles
 * call is looked up as the one does that calls it most.
 */
public final class SearchPaths {
  /** None is set. */
  public static final SearchPaths NONE = new SearchPaths(Map.of());

  private final Map<String, String> byOwner;

  private SearchPaths(Map<String, String> byOwner) {
    this.byOwner = Map.copyOf(byOwner);
  }

  /**
   * Reads entries such as {@code shop=app,public} and {@code reporter@shop=reports}, with
   * semicolons between them.
   *
   * @throws IllegalArgumentException when an entry is of another form or a schema is no name
   */
  public static SearchPaths parse(String setting) {
    Map<String, String> paths = new TreeMap<>();
    for (String entry : setting.split(";", -1)) {
      if (!entry.isBlank()) {
        int equals = entry.indexOf('=');
        String owner = equals < 0 ? "" : entry.substring(0, equals).strip();
        if (owner.isEmpty() || owner.startsWith("@") || owner.endsWith("@")) {
          throw new IllegalArgumentException(
              "expected DATABASE=SCHEMA,… or ROLE@DATABASE=SCHEMA,…: " + entry.strip());
        }
        if (paths.put(owner, quoted(entry.substring(equals + 1))) != null) {
          throw new IllegalArgumentException("more than one search path for " + owner);
        }
      }
    }
    return new SearchPaths(paths);
  }

  /** The names in double quotes, as they mean the same in every place. */
  private static String quoted(String schemas) {
    List<String> names = new ArrayList<>();
    SqlLexer lexer = new SqlLexer();
    lexer.reset(schemas);
    boolean nameFollows = true;
    while (lexer.next()) {
      if (nameFollows ? !isName(lexer) : lexer.kind() != TokenKind.COMMA) {
        throw notNames(schemas);
      }
      if (nameFollows) {
        String name = lexer.value().orElseThrow(() -> notNames(schemas));
        names.add('"' + name.replace("\"", "\"\"") + '"');
      }
      nameFollows = !nameFollows;
    }
    if (nameFollows) {
      throw notNames(schemas);
    }
    return String.join(", ", names);
  }

  private static boolean isName(SqlLexer lexer) {
    return lexer.kind() == TokenKind.IDENTIFIER || lexer.kind() == TokenKind.QUOTED_IDENTIFIER;
  }

  private static IllegalArgumentException notNames(String schemas) {
    return new IllegalArgumentException("not a list of schemas: " + schemas.strip());
  }

  /**
   * The path of a role in a database of the log, quoted; empty where nothing is set.
   *
   * @param role empty where the log does not name it
   */
  public String of(String database, String role) {
    String ofDatabase = byOwner.getOrDefault(database, "");
    return role.isEmpty() ? ofDatabase : byOwner.getOrDefault(role + "@" + database, ofDatabase);
  }
}
