package dev.logdex.ingest.http;

import static java.util.Objects.requireNonNull;

import dev.logdex.ingest.drain.Credentials;
import dev.logdex.ingest.drain.DrainTokens;
import dev.logdex.ingest.drain.Ticket;
import dev.logdex.runtime.Settings;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/**
 * Where and from whom log lines are taken over HTTP. Holds digests of secrets and no secret.
 *
 * @param tls empty to serve plain HTTP
 */
public record HttpSettings(
    InetSocketAddress address,
    Optional<Tls> tls,
    Credentials credentials,
    DrainTokens drains,
    HttpLimits limits) {
  /**
   * The server's certificate.
   *
   * @param certificate file with the chain in PEM, the server's own first
   * @param key file with its private key in PEM, PKCS 8, without a password
   */
  public record Tls(Path certificate, Path key) {
    public Tls {
      requireNonNull(certificate, "certificate");
      requireNonNull(key, "key");
    }
  }

  public HttpSettings {
    requireNonNull(address, "address");
    requireNonNull(tls, "tls");
    requireNonNull(credentials, "credentials");
    requireNonNull(drains, "drains");
    requireNonNull(limits, "limits");
  }

  /** Adds the settings to those of the stage. */
  public static ConfigDef define(ConfigDef definition) {
    return HttpDefinition.add(definition);
  }

  /**
   * Reads the settings; empty when no port is set.
   *
   * @throws ConfigException when settings do not fit together
   */
  public static Optional<HttpSettings> of(Settings settings) {
    if (settings.integer(HttpDefinition.PORT) < 0) {
      return Optional.empty();
    }
    Optional<Tls> tls = tls(settings);
    List<String> tokens = entries(settings.secret(HttpDefinition.TOKENS));
    InetSocketAddress address = address(settings, tls.isPresent(), !tokens.isEmpty());
    boolean accept = settings.text(HttpDefinition.UNKNOWN_DRAINS).equals(HttpDefinition.ACCEPT);
    return Optional.of(
        new HttpSettings(
            address,
            tls,
            new Credentials(tokens),
            new DrainTokens(drains(settings.secret(HttpDefinition.DRAINS)), accept),
            limits(settings)));
  }

  private static Optional<Tls> tls(Settings settings) {
    String certificate = settings.text(HttpDefinition.CERTIFICATE);
    String key = settings.text(HttpDefinition.KEY);
    if (certificate.isEmpty() != key.isEmpty()) {
      throw new ConfigException(
          HttpDefinition.CERTIFICATE + " and " + HttpDefinition.KEY + " must be set together");
    }
    return certificate.isEmpty()
        ? Optional.empty()
        : Optional.of(new Tls(Path.of(certificate), Path.of(key)));
  }

  private static InetSocketAddress address(Settings settings, boolean tls, boolean tokens) {
    String name = settings.text(HttpDefinition.ADDRESS);
    InetAddress address;
    try {
      address = InetAddress.getByName(name);
    } catch (UnknownHostException e) {
      throw new ConfigException(HttpDefinition.ADDRESS, name, "is no address of this machine");
    }
    if (!address.isLoopbackAddress()) {
      if (!tls && !settings.flag(HttpDefinition.PLAIN_ALLOWED)) {
        throw new ConfigException(
            HttpDefinition.ADDRESS,
            name,
            "beyond loopback needs "
                + HttpDefinition.CERTIFICATE
                + " or "
                + HttpDefinition.PLAIN_ALLOWED);
      }
      if (!tokens) {
        throw new ConfigException(
            HttpDefinition.ADDRESS, name, "beyond loopback needs " + HttpDefinition.TOKENS);
      }
    }
    return new InetSocketAddress(address, settings.integer(HttpDefinition.PORT));
  }

  private static Map<String, String> drains(String given) {
    Map<String, String> drains = new LinkedHashMap<>();
    for (String entry : entries(given)) {
      int equals = entry.indexOf('=');
      // an entry is not shown: it holds a token
      if (equals < 1 || !Ticket.isSource(entry.substring(equals + 1))) {
        throw new ConfigException(
            HttpDefinition.DRAINS
                + ": entry "
                + (drains.size() + 1)
                + " is not like d.TOKEN=SOURCE");
      }
      drains.put(entry.substring(0, equals), entry.substring(equals + 1));
    }
    return drains;
  }

  private static List<String> entries(String commaSeparated) {
    return Arrays.stream(commaSeparated.split(",", -1))
        .map(String::strip)
        .filter(entry -> !entry.isEmpty())
        .toList();
  }

  private static HttpLimits limits(Settings settings) {
    int body = settings.integer(HttpDefinition.BODY_BYTES);
    int inflated = settings.integer(HttpDefinition.INFLATED_BYTES);
    return new HttpLimits(
        body,
        inflated,
        Math.max((long) body + inflated, settings.integer(HttpDefinition.HELD_BYTES)),
        settings.integer(HttpDefinition.RECORD_BYTES),
        settings.integer(HttpDefinition.CONNECTIONS),
        settings.longInteger(HttpDefinition.SOURCE_RATE),
        settings.duration(HttpDefinition.HEAD_TIME),
        settings.duration(HttpDefinition.IDLE_TIME),
        settings.duration(HttpDefinition.BODY_TIME),
        settings.duration(HttpDefinition.ANSWER_TIME));
  }
}
