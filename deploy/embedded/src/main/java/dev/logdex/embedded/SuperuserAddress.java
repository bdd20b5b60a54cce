package dev.logdex.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.Optional;

/**
 * Where a server listens and how a superuser logs in.
 *
 * @param authority host, or host and port
 * @param database the database to connect to when none is asked for
 * @param parameters further connection parameters, encoded, each with a leading ampersand; may be
 *     empty
 */
record SuperuserAddress(
    String authority, String user, String password, String database, String parameters) {
  SuperuserAddress {
    requireNonNull(authority, "authority");
    requireNonNull(user, "user");
    requireNonNull(password, "password");
    requireNonNull(database, "database");
    requireNonNull(parameters, "parameters");
  }

  static SuperuserAddress onLoopback(int port, String user, String password) {
    return new SuperuserAddress(Loopback.HOST + ":" + port, user, password, "postgres", "");
  }

  /**
   * Reads {@code postgresql://user:password@host:port/database?parameters}, with or without {@code
   * jdbc:} before it.
   *
   * @throws IllegalArgumentException when it is something else; the message does not repeat it,
   *     because it holds a password
   */
  static SuperuserAddress parse(String url) {
    URI uri = uri(url.startsWith("jdbc:") ? url.substring("jdbc:".length()) : url);
    String host = Optional.ofNullable(uri.getHost()).orElseThrow(SuperuserAddress::malformed);
    String scheme = String.valueOf(uri.getScheme());
    if (!scheme.equals("postgresql") && !scheme.equals("postgres")) {
      throw malformed();
    }
    String[] login = Optional.ofNullable(uri.getRawUserInfo()).orElse("").split(":", 2);
    String path = Optional.ofNullable(uri.getPath()).orElse("");
    Parameters parameters = Parameters.of(Optional.ofNullable(uri.getRawQuery()).orElse(""));
    return new SuperuserAddress(
        uri.getPort() < 0 ? host : host + ":" + uri.getPort(),
        parameters.user.orElseGet(() -> login[0].isEmpty() ? "postgres" : decode(login[0])),
        parameters.password.orElseGet(() -> login.length < 2 ? "" : decode(login[1])),
        path.length() < 2 ? "postgres" : path.substring(1),
        parameters.others);
  }

  /** The JDBC address of a database of the server; a secret. */
  String jdbcUrl(String ofDatabase) {
    return "jdbc:postgresql://%s/%s?user=%s&password=%s%s"
        .formatted(authority, encode(ofDatabase), encode(user), encode(password), parameters);
  }

  /** Without the password. */
  @Override
  public String toString() {
    return user + "@" + authority;
  }

  private static URI uri(String text) {
    try {
      return URI.create(text);
    } catch (IllegalArgumentException e) {
      throw malformed();
    }
  }

  private static IllegalArgumentException malformed() {
    return new IllegalArgumentException(
        "not an address of the form postgresql://user:password@host:port/database");
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20");
  }

  private static String decode(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), UTF_8);
  }

  /** The part after the question mark; user and password may stand there, too. */
  private record Parameters(Optional<String> user, Optional<String> password, String others) {
    static Parameters of(String query) {
      Optional<String> user = Optional.empty();
      Optional<String> password = Optional.empty();
      StringBuilder others = new StringBuilder();
      for (String parameter : query.split("&", -1)) {
        if (parameter.startsWith("user=")) {
          user = Optional.of(decode(parameter.substring("user=".length())));
        } else if (parameter.startsWith("password=")) {
          password = Optional.of(decode(parameter.substring("password=".length())));
        } else if (!parameter.isEmpty()) {
          others.append('&').append(parameter);
        }
      }
      return new Parameters(user, password, others.toString());
    }
  }
}
