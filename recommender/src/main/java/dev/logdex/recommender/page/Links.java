package dev.logdex.recommender.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logdex.analyzer.event.TableName;
import java.net.URLEncoder;

/** The addresses of the pages. Names may hold anything, also slashes: each is one segment. */
final class Links {
  static final String OVERVIEW = "/";
  static final String WHY_NOT = "/why-not";
  static final String LOGIN = "/login";
  static final String LOGOUT = "/logout";
  static final String STYLE = "/page.css";
  static final String ICON = "/icon.svg";

  private Links() {}

  static String database(String database) {
    return "/databases/" + encoded(database);
  }

  static String table(TableName table) {
    return table(table.database(), table.qualified());
  }

  static String table(String database, String qualified) {
    return "/tables/" + encoded(database) + "/" + encoded(qualified);
  }

  static String recommendation(String id) {
    return "/recommendations/" + encoded(id);
  }

  static String decisions(String id) {
    return recommendation(id) + "/decisions";
  }

  /** A segment of a path, or a value of a query. */
  static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20");
  }
}
