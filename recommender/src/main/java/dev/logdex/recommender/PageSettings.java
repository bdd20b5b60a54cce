package dev.logdex.recommender;

import dev.logdex.recommender.http.PageConfig;
import dev.logdex.recommender.http.Token;
import dev.logdex.runtime.Settings;
import java.util.List;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;

/** The settings of the page. */
final class PageSettings {
  private static final String PORT = "page.port";
  private static final String ADDRESS = "page.address";
  private static final String HOSTS = "page.hosts";
  private static final String TOKEN = "page.token";

  private PageSettings() {}

  static ConfigDef define(ConfigDef definition) {
    return definition
        .define(
            PORT,
            ConfigDef.Type.INT,
            -1,
            ConfigDef.Range.between(-1, 65535),
            ConfigDef.Importance.MEDIUM,
            "Port of the page and its JSON; 0 takes any free port, -1 turns it off.")
        .define(
            ADDRESS,
            ConfigDef.Type.STRING,
            "127.0.0.1",
            new ConfigDef.NonEmptyString(),
            ConfigDef.Importance.MEDIUM,
            "Network interface of the page. Whoever reaches it reads everything on it, texts of"
                + " queries included, without a password.")
        .define(
            HOSTS,
            ConfigDef.Type.LIST,
            List.of(),
            ConfigDef.Importance.LOW,
            "Names by which the page may be asked for, without a port; on loopback beside"
                + " localhost. None, and not on loopback: every name.")
        .define(
            TOKEN,
            ConfigDef.Type.PASSWORD,
            null,
            longEnough(),
            ConfigDef.Importance.MEDIUM,
            "Secret of at least "
                + Token.LEAST_LENGTH
                + " characters with which recommendations are accepted, dismissed and reopened on"
                + " the page. Not given: it is read only.");
  }

  static PageConfig of(Settings settings) {
    return new PageConfig(
        settings.integer(PORT),
        settings.text(ADDRESS),
        settings.list(HOSTS),
        new Token(settings.secret(TOKEN)));
  }

  private static ConfigDef.Validator longEnough() {
    return ConfigDef.LambdaValidator.with(
        (name, value) -> {
          // the value itself is not told: messages are logged
          if (value instanceof Password token && token.value().length() < Token.LEAST_LENGTH) {
            throw new ConfigException(
                name + " must have at least " + Token.LEAST_LENGTH + " characters");
          }
        },
        () -> "at least " + Token.LEAST_LENGTH + " characters");
  }
}
