package dev.logdex.ingest.http;

import dev.logdex.ingest.drain.ParcelWriter;
import dev.logdex.runtime.Settings;
import org.apache.kafka.common.config.ConfigDef;

/** The names of the settings of {@link HttpSettings}, with what stands about them in the docs. */
final class HttpDefinition {
  static final String PORT = "http.port";
  static final String ADDRESS = "http.address";
  static final String CERTIFICATE = "http.tls.certificate";
  static final String KEY = "http.tls.key";
  static final String PLAIN_ALLOWED = "http.plain.allowed";
  static final String TOKENS = "http.tokens";
  static final String DRAINS = "http.drains";
  static final String UNKNOWN_DRAINS = "http.drains.unknown";
  static final String BODY_BYTES = "http.body.bytes";
  static final String INFLATED_BYTES = "http.inflated.bytes";
  static final String HELD_BYTES = "http.held.bytes";
  static final String RECORD_BYTES = "http.record.bytes";
  static final String CONNECTIONS = "http.connections";
  static final String SOURCE_RATE = "http.source.bytes.per.second";
  static final String HEAD_TIME = "http.head.time";
  static final String IDLE_TIME = "http.idle.time";
  static final String BODY_TIME = "http.body.time";
  static final String ANSWER_TIME = "http.answer.time";

  static final String ACCEPT = "accept";
  static final String REFUSE = "refuse";
  private static final int MIB = 1024 * 1024;
  private static final long MOST_BYTES_PER_SECOND = 1L << 40;

  private HttpDefinition() {}

  static ConfigDef add(ConfigDef definition) {
    return times(bounds(senders(listener(definition))));
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
}
