package dev.logdex.runtime;

import static java.util.stream.Collectors.joining;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.common.config.types.Password;
import org.jspecify.annotations.Nullable;

/**
 * The validated settings of one stage. Defined by a {@link ConfigDef}, given as text (a properties
 * file, the environment, the command line), and refused as a whole with every error named when
 * anything is wrong.
 */
public final class Settings {
  public static final String BOOTSTRAP_SERVERS = "bootstrap.servers";
  public static final String TOPIC_PREFIX = "topic.prefix";
  public static final String METRICS_ADDRESS = "metrics.address";
  public static final String METRICS_PORT = "metrics.port";

  /** Settings under this prefix go to the Kafka clients as they are, without it. */
  public static final String KAFKA_PREFIX = "kafka.";

  private static final String ENVIRONMENT_PREFIX = "LOGDEX_";

  private final AbstractConfig values;
  private final Map<String, Object> kafka;

  private Settings(AbstractConfig values, Map<String, Object> kafka) {
    this.values = values;
    this.kafka = Map.copyOf(kafka);
  }

  /** What every stage has; a stage adds its own to it. */
  public static ConfigDef base() {
    return new ConfigDef()
        .define(
            BOOTSTRAP_SERVERS,
            ConfigDef.Type.STRING,
            "localhost:9092",
            ConfigDef.Importance.HIGH,
            "Kafka brokers, host:port, comma-separated.")
        .define(
            TOPIC_PREFIX,
            ConfigDef.Type.STRING,
            Topic.DEFAULT_PREFIX,
            ConfigDef.Importance.MEDIUM,
            "What the names of all topics, consumer groups and transactional ids begin with.")
        .define(
            METRICS_ADDRESS,
            ConfigDef.Type.STRING,
            "127.0.0.1",
            ConfigDef.Importance.LOW,
            "Network interface of the Prometheus endpoint, which asks for no password.")
        .define(
            METRICS_PORT,
            ConfigDef.Type.INT,
            -1,
            ConfigDef.Range.between(-1, 65535),
            ConfigDef.Importance.LOW,
            "Port of the Prometheus endpoint; 0 takes any free port, -1 turns it off.");
  }

  /**
   * Checks the given texts against the definition.
   *
   * @throws ConfigException that lists every unknown key and every bad value, one per line
   */
  public static Settings parse(ConfigDef definition, Map<String, String> given) {
    Map<String, Object> kafka = new HashMap<>();
    Map<String, String> own = new TreeMap<>();
    given.forEach(
        (key, value) -> {
          if (key.startsWith(KAFKA_PREFIX)) {
            kafka.put(key.substring(KAFKA_PREFIX.length()), value);
          } else {
            own.put(key, value);
          }
        });
    List<String> errors = new ArrayList<>();
    own.keySet().stream()
        .filter(key -> !definition.names().contains(key))
        .forEach(
            key ->
                errors.add(
                    "unknown setting "
                        + key
                        + "; known: "
                        + String.join(", ", definition.names().stream().sorted().toList())));
    definition.validate(own).stream().map(ConfigValue::errorMessages).forEach(errors::addAll);
    if (!errors.isEmpty()) {
      throw new ConfigException(
          errors.stream().map(error -> "- " + error).collect(joining("\n", "bad settings:\n", "")));
    }
    return new Settings(new AbstractConfig(definition, own, false), kafka);
  }

  /**
   * The settings that an environment holds: {@code LOGDEX_BOOTSTRAP_SERVERS} is {@code
   * bootstrap.servers}. Only names of the definition and of {@code LOGDEX_KAFKA_…} are taken, so
   * other variables with the prefix do no harm.
   */
  public static Map<String, String> fromEnvironment(
      ConfigDef definition, Map<String, String> environment) {
    Map<String, String> found = new TreeMap<>();
    environment.forEach(
        (name, value) -> {
          if (name.startsWith(ENVIRONMENT_PREFIX)) {
            String key =
                name.substring(ENVIRONMENT_PREFIX.length())
                    .toLowerCase(Locale.ROOT)
                    .replace('_', '.');
            if (key.startsWith(KAFKA_PREFIX) || definition.names().contains(key)) {
              found.put(key, value);
            }
          }
        });
    return found;
  }

  /**
   * A definition's validator for ISO-8601 durations such as {@code PT10S}, none of them negative.
   */
  public static ConfigDef.Validator duration() {
    return ConfigDef.LambdaValidator.with(
        (name, value) -> {
          try {
            if (Duration.parse(String.valueOf(value)).isNegative()) {
              throw new ConfigException(name, value, "must not be negative");
            }
          } catch (DateTimeParseException e) {
            throw new ConfigException(name, value, "is not a duration like PT10S or PT1M");
          }
        },
        () -> "ISO-8601 duration");
  }

  /** A definition's validator for numbers that need not be given, none of them negative. */
  public static ConfigDef.Validator notNegativeIfGiven() {
    return ConfigDef.LambdaValidator.with(
        (name, value) -> {
          if (value instanceof Number number && !(number.doubleValue() >= 0)) {
            throw new ConfigException(name, value, "must not be negative");
          }
        },
        () -> "[0,...]");
  }

  public String text(String name) {
    return values.getString(name);
  }

  /** A setting that is never printed; empty when it is not given. */
  public String secret(String name) {
    Password secret = values.getPassword(name);
    return secret == null ? "" : secret.value();
  }

  public List<String> list(String name) {
    return values.getList(name);
  }

  public int integer(String name) {
    return values.getInt(name);
  }

  public long longInteger(String name) {
    return values.getLong(name);
  }

  public double real(String name) {
    return values.getDouble(name);
  }

  /** A number that need not be given; null when it is not. */
  public @Nullable Double realIfGiven(String name) {
    return values.getDouble(name);
  }

  /** A whole number that need not be given; null when it is not. */
  public @Nullable Long longIntegerIfGiven(String name) {
    return values.getLong(name);
  }

  public boolean flag(String name) {
    return values.getBoolean(name);
  }

  public Duration duration(String name) {
    return Duration.parse(values.getString(name));
  }

  public String topicPrefix() {
    return text(TOPIC_PREFIX);
  }

  /**
   * What every Kafka client is opened with: the passed-through settings and the brokers; a fresh
   * map on each call.
   */
  public Map<String, Object> kafkaClient() {
    Map<String, Object> client = new HashMap<>(kafka);
    client.put(BOOTSTRAP_SERVERS, text(BOOTSTRAP_SERVERS));
    return client;
  }
}
