package dev.logdex.ingest;

import dev.logdex.ingest.syslog.SyslogOptions;
import dev.logdex.runtime.Settings;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/** The settings of the syslog listeners. */
final class SyslogSettings {
  private static final String ADDRESS = "syslog.address";
  private static final String TCP_PORT = "syslog.tcp.port";
  private static final String UDP_PORT = "syslog.udp.port";
  private static final String TLS_PORT = "syslog.tls.port";
  private static final String CERTIFICATE = "syslog.tls.certificate";
  private static final String KEY = "syslog.tls.key";
  private static final String CLIENT_CA = "syslog.tls.client.ca";
  private static final String CONNECTIONS_MAX = "syslog.connections.max";
  private static final String STALL_TIME = "syslog.stall.time";

  private SyslogSettings() {}

  static ConfigDef define(ConfigDef definition) {
    return tls(ports(definition))
        .define(
            CONNECTIONS_MAX,
            ConfigDef.Type.INT,
            12_000,
            ConfigDef.Range.atLeast(1),
            ConfigDef.Importance.LOW,
            "Connections that are open at once, TCP and TLS together; one more is closed at once.")
        .define(
            STALL_TIME,
            ConfigDef.Type.STRING,
            "PT30S",
            Settings.duration(),
            ConfigDef.Importance.LOW,
            "A connection is closed when a message that has begun is not complete after this time.");
  }

  private static ConfigDef ports(ConfigDef definition) {
    ConfigDef with =
        definition.define(
            ADDRESS,
            ConfigDef.Type.STRING,
            "127.0.0.1",
            ConfigDef.Importance.MEDIUM,
            "Network interface of the syslog listeners; 0.0.0.0 is all of them. Who can reach it"
                + " can send lines in any host's name.");
    with = port(with, TCP_PORT, "Port for syslog over TCP");
    with = port(with, UDP_PORT, "Port for syslog over UDP");
    return port(with, TLS_PORT, "Port for syslog over TLS");
  }

  private static ConfigDef port(ConfigDef definition, String name, String what) {
    return definition.define(
        name,
        ConfigDef.Type.INT,
        SyslogOptions.OFF,
        ConfigDef.Range.between(-1, 65535),
        ConfigDef.Importance.MEDIUM,
        what + "; 0 takes any free port, -1 turns it off.");
  }

  private static ConfigDef tls(ConfigDef definition) {
    return file(
        file(
            file(
                definition,
                CERTIFICATE,
                "PEM file with the certificate that the TLS listener shows, and its chain."),
            KEY,
            "PEM file with the certificate's key, PKCS #8 without a password."),
        CLIENT_CA,
        "PEM file with whom clients' certificates must be signed by. Not given: clients need none.");
  }

  private static ConfigDef file(ConfigDef definition, String name, String sentence) {
    return definition.define(
        name, ConfigDef.Type.STRING, "", ConfigDef.Importance.MEDIUM, sentence);
  }

  /**
   * Reads the settings.
   *
   * @param messageBytes where a message is cut
   * @throws ConfigException when there is a port for TLS but no certificate
   */
  static SyslogOptions of(Settings settings, int messageBytes) {
    int tlsPort = settings.integer(TLS_PORT);
    boolean complete = file(settings, CERTIFICATE).isPresent() && file(settings, KEY).isPresent();
    if (tlsPort != SyslogOptions.OFF && !complete) {
      throw new ConfigException(
          "bad settings:\n- " + TLS_PORT + " needs " + CERTIFICATE + " and " + KEY);
    }
    return new SyslogOptions(
        settings.text(ADDRESS),
        settings.integer(TCP_PORT),
        settings.integer(UDP_PORT),
        tlsPort,
        complete ? Optional.of(tls(settings)) : Optional.empty(),
        messageBytes,
        settings.integer(CONNECTIONS_MAX),
        settings.duration(STALL_TIME));
  }

  private static SyslogOptions.Tls tls(Settings settings) {
    return new SyslogOptions.Tls(
        Path.of(settings.text(CERTIFICATE)),
        Path.of(settings.text(KEY)),
        file(settings, CLIENT_CA));
  }

  private static Optional<Path> file(Settings settings, String name) {
    return Optional.of(settings.text(name)).filter(path -> !path.isBlank()).map(Path::of);
  }
}
