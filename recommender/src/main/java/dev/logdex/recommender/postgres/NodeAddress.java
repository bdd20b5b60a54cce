package dev.logdex.recommender.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * One node of a production database and how to log in. Read from {@code
 * [NAME=]postgresql://user:password@host:port/database?sslmode=…}, one host each, since every node
 * is asked by itself. It prints itself without login and options.
 *
 * @param database its name in the log: the given one, else its name on the server
 * @param hostAndPort where the node listens
 * @param path the database's name on the server
 * @param properties of pgjdbc: user, password, sslmode and the like
 */
public record NodeAddress(
    String database, String hostAndPort, String path, Map<String, String> properties) {
  private static final String FORM =
      "a node is [NAME=]postgresql://user:password@host:port/database, one host each";
  private static final int PORT = 5432;

  public NodeAddress {
    requireNonNull(database, "database");
    requireNonNull(hostAndPort, "hostAndPort");
    requireNonNull(path, "path");
    properties = Map.copyOf(properties);
  }

  /**
   * Reads a comma-separated list.
   *
   * @throws IllegalArgumentException when it is something else; the message repeats nothing of it,
   *     since it may hold a password
   */
  public static List<NodeAddress> parseAll(String list) {
    return Arrays.stream(list.split(",", -1))
        .map(String::strip)
        .filter(entry -> !entry.isEmpty())
        .map(NodeAddress::parse)
        .toList();
  }

  static NodeAddress parse(String entry) {
    int scheme = entry.indexOf("://");
    int equals = entry.lastIndexOf('=', Math.max(scheme, 0));
    String name = equals < 0 ? "" : entry.substring(0, equals).strip();
    URI uri = uri(entry.substring(equals + 1).replaceFirst("^jdbc:", ""));
    boolean postgres = List.of("postgresql", "postgres").contains(String.valueOf(uri.getScheme()));
    String path = uri.getPath() == null ? "" : uri.getPath().replaceFirst("^/", "");
    if (!postgres || uri.getHost() == null || path.isEmpty()) {
      throw new IllegalArgumentException(FORM);
    }
    return new NodeAddress(
        name.isEmpty() ? path : name,
        uri.getHost() + ":" + (uri.getPort() < 0 ? PORT : uri.getPort()),
        path,
        properties(uri));
  }

  /** For pgjdbc, without login and options. */
  String jdbcUrl() {
    return "jdbc:postgresql://" + hostAndPort + "/" + URLEncoder.encode(path, UTF_8);
  }

  /** For pgjdbc; a secret. */
  Properties login() {
    Properties login = new Properties();
    properties.forEach(login::setProperty);
    return login;
  }

  @Override
  public String toString() {
    return hostAndPort + "/" + path;
  }

  private static URI uri(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(FORM); // the cause would repeat the text
    }
  }

  private static Map<String, String> properties(URI uri) {
    Map<String, String> properties = new TreeMap<>();
    if (uri.getRawUserInfo() != null) {
      String[] login = uri.getRawUserInfo().split(":", 2);
      properties.put("user", decoded(login[0]));
      if (login.length > 1) {
        properties.put("password", decoded(login[1]));
      }
    }
    for (String[] pair : pairs(uri.getRawQuery() == null ? "" : uri.getRawQuery())) {
      String name = decoded(pair[0]);
      properties.put(name.equals("connect_timeout") ? "connectTimeout" : name, decoded(pair[1]));
    }
    return properties;
  }

  private static List<String[]> pairs(String query) {
    List<String[]> pairs = new ArrayList<>();
    for (String each : query.split("&", -1)) {
      String[] pair = each.split("=", 2);
      if (pair.length == 2) {
        pairs.add(pair);
      }
    }
    return pairs;
  }

  private static String decoded(String text) {
    // in a URL's login a plus is a plus; URLDecoder would make it a space
    return URLDecoder.decode(text.replace("+", "%2B"), UTF_8);
  }
}
