package dev.logdex.analyzer.database;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where an analysis database is, and how to log in. Read from {@code [NAME=]URL}, the URL being
 * libpq's ({@code postgresql://user:password@host:port/database?sslmode=…}) or pgjdbc's ({@code
 * jdbc:postgresql://…}). It prints itself without password and options.
 *
 * @param logName the database's name in the log, when the operator has given one
 * @param hosts {@code host:port}, comma-separated
 * @param database its name on the server
 * @param properties of pgjdbc: user, password, sslmode and the like
 */
public record DatabaseAddress(
    @Nullable String logName, String hosts, String database, Map<String, String> properties) {
  private static final Pattern FORM =
      Pattern.compile(
          "(?:(?<name>[^=/?#]+)=)?(?<jdbc>jdbc:)?postgres(?:ql)?://"
              + "(?:(?<login>[^@/?]*)@)?(?<hosts>[^/?@]*)(?:/(?<database>[^?]*))?(?:\\?(?<query>.*))?");

  /** Where an entry of a comma-separated list begins; a comma elsewhere separates hosts. */
  private static final Pattern BEGINNING =
      Pattern.compile("\\s*(?:[^=/?#,]+=)?(?:jdbc:)?postgres(?:ql)?://.*", Pattern.DOTALL);

  /** libpq's words for what pgjdbc calls otherwise. */
  private static final Map<String, String> RENAMED =
      Map.of(
          "connect_timeout", "connectTimeout",
          "gssencmode", "gssEncMode",
          "channel_binding", "channelBinding");

  /** Settings that Logdex decides, or that have no meaning for a single JDBC connection. */
  private static final List<String> IGNORED =
      List.of(
          "application_name", "ApplicationName", "fallback_application_name", "client_encoding");

  private static final Map<String, String> SESSION_KINDS =
      Map.of(
          "any", "any",
          "read-write", "primary",
          "primary", "primary",
          "read-only", "secondary",
          "standby", "secondary",
          "prefer-standby", "preferSecondary");

  public DatabaseAddress {
    requireNonNull(hosts, "hosts");
    requireNonNull(database, "database");
    properties = Map.copyOf(properties);
  }

  /**
   * Reads one entry.
   *
   * @throws IllegalArgumentException when it is not a URL of Postgres; the message holds nothing of
   *     it, since it may hold a password
   */
  public static DatabaseAddress parse(String entry) {
    Matcher form = FORM.matcher(entry.strip());
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "a database is [NAME=]postgresql://user:password@host:port/database");
    }
    Map<String, String> given = query(form.group("query"));
    login(form.group("login"), given);
    String database = first(given.remove("dbname"), decoded(form.group("database")));
    if (database.isEmpty()) {
      database = given.getOrDefault("user", "");
    }
    if (database.isEmpty()) {
      throw new IllegalArgumentException("a database URL must name the database after the host");
    }
    String hosts = hosts(form.group("hosts"), given.remove("host"), given.remove("port"));
    return new DatabaseAddress(form.group("name"), hosts, database, driverProperties(given));
  }

  /**
   * Reads a list that was split at every comma, in which a URL of several hosts has been cut.
   *
   * @throws IllegalArgumentException as {@link #parse}
   */
  public static List<DatabaseAddress> parseAll(List<String> pieces) {
    List<String> entries = new ArrayList<>();
    for (String piece : pieces) {
      if (entries.isEmpty() || BEGINNING.matcher(piece).matches()) {
        entries.add(piece);
      } else {
        entries.set(entries.size() - 1, entries.get(entries.size() - 1) + "," + piece);
      }
    }
    return entries.stream().map(DatabaseAddress::parse).toList();
  }

  /** The URL for pgjdbc, without login and options. */
  public String jdbcUrl() {
    return "jdbc:postgresql://" + hosts + "/" + URLEncoder.encode(database, UTF_8);
  }

  @Override
  public String toString() {
    return "postgresql://" + hosts + "/" + database;
  }

  private static void login(@Nullable String login, Map<String, String> given) {
    if (login == null || login.isEmpty()) {
      return;
    }
    int colon = login.indexOf(':');
    given.put("user", decoded(colon < 0 ? login : login.substring(0, colon)));
    if (colon >= 0) {
      given.put("password", decoded(login.substring(colon + 1)));
    }
  }

  private static String hosts(String authority, @Nullable String host, @Nullable String port) {
    String named = first(host, authority);
    if (named.isEmpty() || named.startsWith("%2F") || named.startsWith("/")) {
      // libpq means a socket file, which pgjdbc cannot open; the same server listens on loopback
      named = "localhost";
    }
    String defaultPort = first(port, "5432");
    List<String> hosts =
        Arrays.stream(named.split(",", -1))
            .map(each -> hasPort(each) ? each : each + ":" + defaultPort)
            .toList();
    return String.join(",", hosts);
  }

  private static boolean hasPort(String host) {
    return host.lastIndexOf(':') > host.lastIndexOf(']');
  }

  private static Map<String, String> query(@Nullable String query) {
    Map<String, String> given = new TreeMap<>();
    if (query == null || query.isEmpty()) {
      return given;
    }
    for (String pair : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        given.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
      }
    }
    return given;
  }

  private static Map<String, String> driverProperties(Map<String, String> given) {
    Map<String, String> properties = new TreeMap<>();
    given.forEach(
        (name, value) -> {
          if (name.equals("target_session_attrs")) {
            properties.put("targetServerType", SESSION_KINDS.getOrDefault(value, "any"));
          } else if (name.equals("keepalives")) {
            properties.put("tcpKeepAlive", Boolean.toString(!value.equals("0")));
          } else if (!IGNORED.contains(name)) {
            properties.put(RENAMED.getOrDefault(name, name), value);
          }
        });
    return properties;
  }

  private static String first(@Nullable String preferred, String other) {
    return preferred == null || preferred.isEmpty() ? other : preferred;
  }

  private static String decoded(@Nullable String text) {
    // in a URL's login and path a plus is a plus; URLDecoder would make it a space
    return text == null ? "" : URLDecoder.decode(text.replace("+", "%2B"), UTF_8);
  }
}
