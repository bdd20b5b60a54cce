package dev.logdex.ingest.http;

import static java.util.Objects.requireNonNull;

import dev.logdex.ingest.drain.Credentials;
import dev.logdex.ingest.drain.DrainTokens;
import dev.logdex.ingest.drain.ParcelWriter;
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
  private static final String PORT = "http.port";
  private static final String ADDRESS = "http.address";
  private static final String CERTIFICATE = "http.tls.certificate";
  private static final String KEY = "http.tls.key";
  private static final String PLAIN_ALLOWED = "http.plain.allowed";
  private static final String TOKENS = "http.tokens";
  private static final String DRAINS = "http.drains";
  private static final String UNKNOWN_DRAINS = "http.drains.unknown";
  private static final String BODY_BYTES = "http.body.bytes";
  private static final String INFLATED_BYTES = "http.inflated.bytes";
  private static final String HELD_BYTES = "http.held.bytes";
  private static final String RECORD_BYTES = "http.record.bytes";
  private static final String CONNECTIONS = "http.connections";
  private static final String SOURCE_RATE = "http.source.bytes.per.second";
  private static final String HEAD_TIME = "http.head.time";
  private static final String IDLE_TIME = "http.idle.time";
  private static final String BODY_TIME = "http.body.time";
  private static final String ANSWER_TIME = "http.answer.time";

  private static final String ACCEPT = "accept";
  private static final String REFUSE = "refuse";
  private static final int MIB = 1024 * 1024;
  private static final long MOST_BYTES_PER_SECOND = 1L << 40;

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
    return times(bounds(senders(listener(definition))));
  }

  /**
   * Reads the settings; empty when no port is set.
   *
   * @throws ConfigException when settings do not fit together
   */
  public static Optional<HttpSettings> of(Settings settings) {
    if (settings.integer(PORT) < 0) {
      return Optional.empty();
    }
    Optional<Tls> tls = tls(settings);
    List<String> tokens = entries(settings.secret(TOKENS));
    InetSocketAddress address = address(settings, tls.isPresent(), !tokens.isEmpty());
    boolean accept = settings.text(UNKNOWN_DRAINS).equals(ACCEPT);
    return Optional.of(
        new HttpSettings(
            address,
            tls,
            new Credentials(tokens),
            new DrainTokens(drains(settings.secret(DRAINS)), accept),
            limits(settings)));
  }

  private static ConfigDef listener(ConfigDef definition) {
    return definition
        .define(
            PORT,
            ConfigDef.Type.INT,
            -1,
            ConfigDef.Range.between(-1, 65535),
            ConfigDef.Importance.MEDIUM,
            "Port at which log lines are taken over HTTP; 0 takes any free port, -1 turns it off.")
        .define(
            ADDRESS,
            ConfigDef.Type.STRING,
            "127.0.0.1",
            ConfigDef.Importance.MEDIUM,
            "Network interface of that port. Any but loopback needs "
                + TOKENS
                + ", and TLS or "
                + PLAIN_ALLOWED
                + ".")
        .define(
            CERTIFICATE,
            ConfigDef.Type.STRING,
            "",
            ConfigDef.Importance.MEDIUM,
            "File with the server's certificate chain in PEM; with it HTTPS is served.")
        .define(
            KEY,
            ConfigDef.Type.STRING,
            "",
            ConfigDef.Importance.MEDIUM,
            "File with the certificate's private key in PEM (PKCS 8, without a password).")
        .define(
            PLAIN_ALLOWED,
            ConfigDef.Type.BOOLEAN,
            false,
            ConfigDef.Importance.MEDIUM,
            "Whether HTTP without TLS is served beyond loopback, as behind a proxy that ends TLS.");
  }

  private static ConfigDef senders(ConfigDef definition) {
    return definition
        .define(
            TOKENS,
            ConfigDef.Type.PASSWORD,
            "",
            ConfigDef.Importance.MEDIUM,
            "Secrets of which every request must carry one, comma-separated: as bearer token, as"
                + " password of basic authentication, as Firehose's access key, or as the query"
                + " parameter token.")
        .define(
            DRAINS,
            ConfigDef.Type.PASSWORD,
            "",
            ConfigDef.Importance.MEDIUM,
            "Heroku drains by their tokens, and what their sources are called: d.TOKEN=SOURCE,"
                + " comma-separated.")
        .define(
            UNKNOWN_DRAINS,
            ConfigDef.Type.STRING,
            REFUSE,
            ConfigDef.ValidString.in(REFUSE, ACCEPT),
            ConfigDef.Importance.LOW,
            "What is done with drains that are not named; accepted ones get a source of their own.");
  }

  private static ConfigDef bounds(ConfigDef definition) {
    ConfigDef with = definition;
    with = size(with, BODY_BYTES, 8 * MIB, "Bytes of a request's body, as sent.");
    with = size(with, INFLATED_BYTES, 16 * MIB, "Bytes that a compressed body may inflate to.");
    with =
        size(
            with,
            HELD_BYTES,
            64 * MIB,
            "Bytes of all requests that Kafka has not acknowledged; at least both of the above.");
    with = size(with, CONNECTIONS, 1024, "Connections at once.");
    return with.define(
            RECORD_BYTES,
            ConfigDef.Type.INT,
            512 * 1024,
            ConfigDef.Range.between(1, ParcelWriter.MAX_UNIT_BYTES),
            ConfigDef.Importance.LOW,
            "Lines of a request are packed into one record up to this many bytes.")
        .define(
            SOURCE_RATE,
            ConfigDef.Type.LONG,
            32L * MIB,
            ConfigDef.Range.between(1, MOST_BYTES_PER_SECOND),
            ConfigDef.Importance.LOW,
            "Bytes that each source may send a second; ten seconds' worth may come at once.");
  }

  private static ConfigDef size(ConfigDef definition, String name, int usual, String sentence) {
    return definition.define(
        name,
        ConfigDef.Type.INT,
        usual,
        ConfigDef.Range.between(1, 1024 * MIB),
        ConfigDef.Importance.LOW,
        sentence);
  }

  private static ConfigDef times(ConfigDef definition) {
    ConfigDef with = definition;
    with = time(with, HEAD_TIME, "PT10S", "How long a new connection's first head may take.");
    with = time(with, IDLE_TIME, "PT75S", "How long after an answer the next head may take.");
    with = time(with, BODY_TIME, "PT30S", "How long a request's body may take.");
    return time(
        with, ANSWER_TIME, "PT30S", "How long a request waits for Kafka until it is refused.");
  }

  private static ConfigDef time(ConfigDef definition, String name, String usual, String sentence) {
    return definition.define(
        name,
        ConfigDef.Type.STRING,
        usual,
        Settings.duration(),
        ConfigDef.Importance.LOW,
        sentence);
  }

  private static Optional<Tls> tls(Settings settings) {
    String certificate = settings.text(CERTIFICATE);
    String key = settings.text(KEY);
    if (certificate.isEmpty() != key.isEmpty()) {
      throw new ConfigException(CERTIFICATE + " and " + KEY + " must be set together");
    }
    return certificate.isEmpty()
        ? Optional.empty()
        : Optional.of(new Tls(Path.of(certificate), Path.of(key)));
  }

  private static InetSocketAddress address(Settings settings, boolean tls, boolean tokens) {
    String name = settings.text(ADDRESS);
    InetAddress address;
    try {
      address = InetAddress.getByName(name);
    } catch (UnknownHostException e) {
      throw new ConfigException(ADDRESS, name, "is no address of this machine");
    }
    if (!address.isLoopbackAddress()) {
      if (!tls && !settings.flag(PLAIN_ALLOWED)) {
        throw new ConfigException(
            ADDRESS, name, "beyond loopback needs " + CERTIFICATE + " or " + PLAIN_ALLOWED);
      }
      if (!tokens) {
        throw new ConfigException(ADDRESS, name, "beyond loopback needs " + TOKENS);
      }
    }
    return new InetSocketAddress(address, settings.integer(PORT));
  }

  private static Map<String, String> drains(String given) {
    Map<String, String> drains = new LinkedHashMap<>();
    for (String entry : entries(given)) {
      int equals = entry.indexOf('=');
      // an entry is not shown: it holds a token
      if (equals < 1 || !Ticket.isSource(entry.substring(equals + 1))) {
        throw new ConfigException(
            DRAINS + ": entry " + (drains.size() + 1) + " is not like d.TOKEN=SOURCE");
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
    int body = settings.integer(BODY_BYTES);
    int inflated = settings.integer(INFLATED_BYTES);
    return new HttpLimits(
        body,
        inflated,
        Math.max((long) body + inflated, settings.integer(HELD_BYTES)),
        settings.integer(RECORD_BYTES),
        settings.integer(CONNECTIONS),
        settings.longInteger(SOURCE_RATE),
        settings.duration(HEAD_TIME),
        settings.duration(IDLE_TIME),
        settings.duration(BODY_TIME),
        settings.duration(ANSWER_TIME));
  }
}
